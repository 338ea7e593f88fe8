//! Chats in Chinese. Together they hold every shape of message.

use super::{
    Business::Telemarketing,
    Conversation,
    Say::{self, *},
    Sender::{Agent, Chatbot, Robot, System as House, User},
    answer, line,
};

const COUPON: Say = Template {
    image: Some("coupon.jpg"),
    body: "{name}您好，您的专属券{amount}将于{date}到期。满200可用，会员免运费。",
    footer: "{brand} · 回复 TD 退订",
    buttons: &[("QUICK_REPLY", "立即领取"), ("QUICK_REPLY", "咨询顾问"), ("OPT_OUT", "退订")],
    name: "member_coupon_zh_v4",
};

const CATEGORIES: Say = List {
    body: "想看看哪一类商品？",
    footer: "也可以直接输入",
    button: "选择品类",
    title: "热门品类",
    rows: &[("skin", "护肤"), ("home", "家居"), ("baby", "母婴"), ("agent", "人工顾问")],
};

const SOLD: Conversation = Conversation {
    fits: Telemarketing,
    channel: "WhatsApp",
    end_reason: "robot",
    letter: "A",
    label: "已下单",
    slots: &[("品类", "护肤"), ("订单号", "{order}"), ("券面额", "{amount}")],
    lines: &[
        line(House, System("conversation.start")),
        line(Robot, COUPON),
        answer(1, User, Button("立即领取")),
        line(Chatbot, CATEGORIES),
        line(User, ListReply(("skin", "护肤"))),
        line(Chatbot, Text("这款保湿精华是本周销量第一，敏感肌也能用。")),
        line(Chatbot, Media("image", "serum.jpg")),
        line(Chatbot, Media("video", "serum.mp4")),
        answer(5, User, Text("会不会油腻啊？我是混合皮")),
        line(Chatbot, Text("质地很清爽，混合皮可以放心用。")),
        line(
            Chatbot,
            Buttons {
                body: "现在下单可以抵扣{amount}，要帮您下单吗？",
                footer: "7天无理由退货",
                options: &[("buy", "帮我下单"), ("later", "再想想")],
            },
        ),
        line(User, ButtonReply(("buy", "帮我下单"))),
        line(Chatbot, Text("好的，订单{order}已提交，预计{date}送达。")),
        line(Chatbot, File("订单{order}.pdf")),
        line(User, Text("谢谢😊")),
    ],
};

const CONSULT: Conversation = Conversation {
    fits: Telemarketing,
    channel: "WhatsApp",
    end_reason: "agent",
    letter: "B",
    label: "转人工",
    slots: &[("问题", "分期付款")],
    lines: &[
        line(House, System("conversation.start")),
        line(Robot, COUPON),
        answer(1, User, Button("咨询顾问")),
        line(House, System("conversation.transfer")),
        line(Agent, Text("{name}您好，我是顾问小雯，请问想了解什么？")),
        line(User, Media("audio", "语音消息.ogg")),
        answer(5, Agent, Text("听到了，您是想问分期对吧？三期免手续费，每期不到一百九。")),
        line(User, Text("那六期呢")),
        line(Agent, Text("六期手续费是百分之二，结账的时候可以选。")),
        line(User, ChoiceText("没有其他问题了")),
        line(House, System("conversation.end")),
    ],
};

const SHOP: Conversation = Conversation {
    fits: Telemarketing,
    channel: "Instagram",
    end_reason: "user",
    letter: "C",
    label: "询问门店",
    slots: &[("门店", "武吉免登")],
    lines: &[
        line(House, System("conversation.start")),
        line(
            Chatbot,
            Cards {
                title: "双节会员礼盒",
                subtitle: "{amount}起，{date}前送达",
                buttons: &[("查看详情", "DETAIL"), ("立即购买", "BUY")],
            },
        ),
        line(User, Text("附近有门店吗？想去看看实物")),
        line(User, Location("Bukit Bintang, Kuala Lumpur")),
        line(Chatbot, Text("离您最近的是武吉免登店，营业到晚上十点。")),
        line(User, Text("好的，周末过去")),
    ],
};

const STOP: Conversation = Conversation {
    fits: Telemarketing,
    channel: "WhatsApp",
    end_reason: "user",
    letter: "G",
    label: "退订",
    slots: &[("退订", "是")],
    lines: &[
        line(Robot, COUPON),
        answer(0, User, Button("退订")),
        line(Chatbot, Text("已为您退订，之后不会再收到推广消息。")),
    ],
};

const BROKEN: Conversation = Conversation {
    fits: Telemarketing,
    channel: "WhatsApp",
    end_reason: "error",
    letter: "",
    label: "系统异常",
    slots: &[],
    lines: &[
        line(Robot, COUPON),
        line(User, Text("链接打不开")),
        line(Chatbot, Text("抱歉，系统繁忙，请稍后再试。")),
    ],
};

pub(super) const CONVERSATIONS: &[Conversation] = &[SOLD, CONSULT, SHOP, STOP, BROKEN];
