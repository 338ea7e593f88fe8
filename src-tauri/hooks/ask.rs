//! The message that a user sends to his contact at the vendor.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    English,
    Chinese,
}

/// Ready to copy: which notifications to switch on, to which address, and what is to be confirmed.
/// `address` is the full URL that reaches the receiver.
pub fn ask_text(language: Language, address: &str) -> String {
    let text = match language {
        Language::English => ENGLISH,
        Language::Chinese => CHINESE,
    };
    text.replace("{address}", address)
}

const ENGLISH: &str = "\
Hello,

please send the notifications of our account to this address (POST, JSON, UTF-8):

{address}

Workflow: workflow status change, call completion, list completion, WABA message status alteration, \
chatbot session end, custom API node data push.
Calling tasks and plans, where we use them: webhook of task, of call, of plan.
Predictive dialer, where we use it: TaskStatus, ContactStatus, AgentStatus.
Chatbot: message sent by the bot, message sent by the user, status change after the message is sent, \
agent transfer request, session end event, report after the session ends, template message result and \
response.

Please tell us:
1. How is the header X-AIRudder-Sign computed: algorithm, key, over which bytes, hex or base64? Which \
notifications carry it?
2. Are the bodies encrypted? If so: which AES mode and key length, where is the IV, which field holds \
the text?
3. For each notification: an example body, the meaning of its status values, and the zone of times \
without an offset.
4. When is a notification sent again, how often, and which answer do you take for received? We answer \
HTTP 200 with {\"status\":\"success\"}.
5. From which IP addresses do the requests come?

The address is secret; please do not publish it. Thank you.
";

const CHINESE: &str = "\
您好！

请将我们账号的通知推送到以下地址（POST、JSON、UTF-8）：

{address}

工作流：工作流状态变更通知、通话完成通知、名单完成通知、WABA 消息状态变更通知、聊天机器人会话结束通知、\
自定义 API 节点数据推送。
呼叫任务与计划（如有使用）：任务、通话、计划的 Webhook。
预测式外呼（如有使用）：TaskStatus、ContactStatus、AgentStatus。
聊天机器人：机器人发送的消息、用户发送的消息、消息发送后的状态变更、转人工请求、会话结束事件、会话结束后的报告、\
模板消息发送结果与回复。

同时请确认：
1. 请求头 X-AIRudder-Sign 如何计算：算法、密钥、对哪些字节计算、十六进制还是 Base64？哪些通知带有它？
2. 推送内容是否加密？如加密：AES 的模式与密钥长度、IV 的位置、密文在哪个字段？
3. 每种通知的示例内容、各状态值的含义，以及不带时区的时间属于哪个时区。
4. 何时重新推送、推送几次、以什么应答视为已收到？我们以 HTTP 200 和 {\"status\":\"success\"} 应答。
5. 请求来自哪些 IP 地址？

该地址是保密的，请勿公开。谢谢！
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_name_the_address_and_the_header() {
        let address = "https://hooks.example.com/hook/3f9c2a71";
        for language in [Language::English, Language::Chinese] {
            let text = ask_text(language, address);
            assert_eq!(text.matches(address).count(), 1);
            assert!(text.contains("X-AIRudder-Sign") && !text.contains("{address}"));
        }
    }
}
