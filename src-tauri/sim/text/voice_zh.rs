//! Calls in Chinese.

use super::{
    Ending,
    Role::{Robot, User},
    VoiceScript,
};

pub(super) const TELEMARKETING: VoiceScript = VoiceScript {
    opening: &[
        (
            Robot,
            "您好，请问是{name}吗？我是{brand}的会员顾问小雅。 | 您好，这里是{brand}，请问您是{name}本人吗？",
        ),
        (User, "是的，什么事？ | 对，我是，你说。"),
        (
            Robot,
            "您的会员账户里有一张{amount}的专属券，{date}到期，现在下单可以直接抵扣，您有兴趣了解一下吗？ | 这边看到您有一张{amount}的优惠券还没用，{date}就过期了，想提醒您一下。",
        ),
    ],
    endings: &[
        Ending {
            letter: "A",
            weight: 26,
            label: "意向明确",
            hangup: 12,
            slots: &[("券面额", "{amount}"), ("意向品类", "护肤"), ("跟进渠道", "WhatsApp")],
            turns: &[
                (User, "可以啊，这个券能买护肤品吗？"),
                (
                    Robot,
                    "可以的，护肤和家居都能用，满两百就能抵扣。我把链接发到您的 WhatsApp，好吗？",
                ),
                (User, "好的，发过来吧。运费怎么算？"),
                (Robot, "会员订单免运费，一般两到三天送到。"),
                (User, "行，那我晚上看一下。"),
                (Robot, "好的，链接马上发给您，祝您购物愉快，再见。"),
                (User, "再见。"),
            ],
        },
        Ending {
            letter: "B",
            weight: 22,
            label: "考虑中",
            hangup: 12,
            slots: &[("顾虑", "价格")],
            turns: &[
                (User, "上次买的时候觉得有点贵，我再看看吧。"),
                (Robot, "理解的。这次是全年最低价，另外还可以分三期，没有手续费。"),
                (User, "分期的话每个月多少？"),
                (Robot, "以六百块的订单为例，抵扣之后每个月不到一百九。"),
                (User, "嗯，我考虑一下，你先发资料给我。"),
                (Robot, "好的，资料会发到您的 WhatsApp，您有问题可以直接回复。"),
            ],
        },
        Ending {
            letter: "C",
            weight: 14,
            label: "稍后联系",
            hangup: 12,
            slots: &[("回拨时间", "20:00")],
            turns: &[
                (User, "我现在在开会，不方便讲电话。"),
                (Robot, "不好意思打扰您了，晚上八点再联系您可以吗？"),
                (User, "可以，八点以后。"),
                (Robot, "好的，那晚上八点再联系您。"),
            ],
        },
        Ending {
            letter: "D",
            weight: 18,
            label: "拒绝",
            hangup: 14,
            slots: &[],
            turns: &[
                (User, "不需要，谢谢。"),
                (Robot, "好的，优惠券在{date}之前都有效，您随时可以使用。"),
                (User, "嗯，不用了。"),
            ],
        },
        Ending {
            letter: "G",
            weight: 6,
            label: "要求不再致电",
            hangup: 20,
            slots: &[("退订", "是")],
            turns: &[
                (User, "你们怎么又打来了？以后不要再打给我。"),
                (Robot, "非常抱歉，已经为您登记，以后不会再致电。再见。"),
            ],
        },
    ],
};

pub(super) const COLLECTION: VoiceScript = VoiceScript {
    opening: &[
        (
            Robot,
            "您好，请问是{name}吗？这里是{brand}，本次通话会录音。 | 您好，我是{brand}的客服小安，请问您是{name}本人吗？",
        ),
        (User, "我是，请讲。 | 对，是我。"),
        (
            Robot,
            "您本期账单{amount}的还款日是{date}，想跟您确认一下还款安排。 | 提醒您一下，本期应还{amount}，请在{date}之前处理，您这边方便吗？",
        ),
    ],
    endings: &[
        Ending {
            letter: "A",
            weight: 36,
            label: "承诺还款",
            hangup: 12,
            slots: &[("承诺日期", "{date}"), ("承诺金额", "{amount}"), ("还款方式", "PayNow")],
            turns: &[
                (User, "知道了，我明天发工资就还。"),
                (Robot, "好的，是全额还清{amount}，对吗？"),
                (User, "对，全额。还是用 PayNow 吗？"),
                (Robot, "是的，PayNow 或者银行转账都可以，链接稍后发到您的 WhatsApp。"),
                (User, "可以，发过来吧。"),
                (Robot, "已经为您登记，谢谢您的配合，再见。"),
            ],
        },
        Ending {
            letter: "B",
            weight: 20,
            label: "申请延期",
            hangup: 12,
            slots: &[("延期天数", "7"), ("原因", "资金周转")],
            turns: &[
                (User, "最近手头有点紧，可不可以宽限一个星期？"),
                (Robot, "可以为您申请延期七天，期间会按日计算少量利息，您能接受吗？"),
                (User, "利息大概多少？"),
                (Robot, "七天大约是账单的百分之零点五。"),
                (User, "那可以，帮我申请吧。"),
                (Robot, "好的，申请已经提交，结果今天之内会短信通知您。"),
            ],
        },
        Ending {
            letter: "C",
            weight: 12,
            label: "稍后联系",
            hangup: 12,
            slots: &[("回拨时间", "12:30")],
            turns: &[
                (User, "我在开车，中午再打给我吧。"),
                (Robot, "好的，十二点半再联系您，请注意行车安全。"),
                (User, "好。"),
            ],
        },
        Ending {
            letter: "D",
            weight: 10,
            label: "对账单有异议",
            hangup: 14,
            slots: &[("异议", "金额不符")],
            turns: &[
                (User, "这个数目不对，我上个月已经还了一部分。"),
                (Robot, "请问您还款的日期和金额还记得吗？我帮您核对。"),
                (User, "你们自己查记录，我转账都有凭证的。"),
                (Robot, "明白，会在两个工作日内核实并回复您，给您带来不便非常抱歉。"),
            ],
        },
        Ending {
            letter: "E",
            weight: 8,
            label: "非本人",
            hangup: 12,
            slots: &[],
            turns: &[
                (User, "你打错了，我不认识这个人。"),
                (Robot, "不好意思打扰您了，这边会更正号码，再见。"),
            ],
        },
    ],
};
