//! Calls in English.

use super::{
    Ending,
    Role::{Robot, User},
    VoiceScript,
};

pub(super) const COLLECTION: VoiceScript = VoiceScript {
    opening: &[
        (
            Robot,
            "Good day, this is Anna calling from {brand}. Am I speaking with {name}? | Hello, Anna from {brand} here on a recorded line. Is this {name}?",
        ),
        (User, "Yes, speaking. | Yes, this is {name}. What is it about?"),
        (
            Robot,
            "Thank you. I am calling about your instalment of {amount}, which is due on {date}. May I confirm that you can pay by then? | Thanks. Your instalment of {amount} falls due on {date}, and I would like to check that everything is in order.",
        ),
    ],
    endings: &[
        Ending {
            letter: "A",
            weight: 34,
            label: "Promise to pay",
            hangup: 12,
            slots: &[("promise_date", "{date}"), ("amount", "{amount}"), ("channel", "GCash")],
            turns: &[
                (
                    User,
                    "Yes, I will pay it tomorrow through GCash. | Sure, I get my salary on Friday, I will pay that evening.",
                ),
                (Robot, "That is great. Shall I note {amount} by {date}?"),
                (User, "Yes, please. The full amount."),
                (
                    Robot,
                    "Noted. You will get a payment link by WhatsApp in a few minutes. It stays valid until the due date.",
                ),
                (User, "Okay. Is there any fee if I pay with the link?"),
                (Robot, "No, there is no fee. Thank you, {name}, and have a good day."),
                (User, "Thank you, bye."),
            ],
        },
        Ending {
            letter: "B",
            weight: 18,
            label: "Asks for extension",
            hangup: 12,
            slots: &[("extension_days", "7"), ("reason", "salary delayed")],
            turns: &[
                (
                    User,
                    "I cannot make it by then. My salary is late this month. Can I have one more week?",
                ),
                (
                    Robot,
                    "I understand. You may ask for an extension of up to seven days. A late fee of one percent applies.",
                ),
                (User, "One percent of the whole loan or of this instalment?"),
                (Robot, "Only of this instalment. Shall I send the request for you?"),
                (User, "Yes, please do."),
                (
                    Robot,
                    "Done. A colleague will confirm it by message before the end of the day. Thank you for telling us early.",
                ),
                (User, "Okay, thanks."),
            ],
        },
        Ending {
            letter: "C",
            weight: 12,
            label: "Call back later",
            hangup: 12,
            slots: &[("callback_time", "18:30")],
            turns: &[
                (User, "I am driving right now. Can you call me after six?"),
                (Robot, "Of course. Would half past six suit you?"),
                (User, "Half past six is fine."),
                (Robot, "Then we will call you at half past six. Drive safely."),
            ],
        },
        Ending {
            letter: "D",
            weight: 9,
            label: "Refuses to pay",
            hangup: 14,
            slots: &[("dispute", "amount")],
            turns: &[
                (User, "I already paid that. I am not paying twice."),
                (
                    Robot,
                    "I am sorry for the confusion. Do you have the reference number of the payment?",
                ),
                (
                    User,
                    "I sent it to your chat last week. Check your own records before you call people.",
                ),
                (
                    Robot,
                    "I will pass this on to our payments team. They will answer within two working days.",
                ),
                (User, "Fine. Please stop calling until then."),
            ],
        },
        Ending {
            letter: "E",
            weight: 8,
            label: "Wrong person",
            hangup: 12,
            slots: &[],
            turns: &[
                (
                    User,
                    "No, there is nobody of that name here. I have had this number for two years.",
                ),
                (
                    Robot,
                    "I apologise for the trouble. I will mark the number so that we do not call again.",
                ),
                (User, "Thank you."),
            ],
        },
        Ending {
            letter: "G",
            weight: 4,
            label: "Do not call",
            hangup: 20,
            slots: &[("opt_out", "yes")],
            turns: &[
                (User, "Take me off your list. Do not call this number again."),
                (Robot, "Understood. I have noted that you do not wish to be called. Goodbye."),
            ],
        },
    ],
};

pub(super) const COMMERCE: VoiceScript = VoiceScript {
    opening: &[
        (
            Robot,
            "Hi, this is {brand} about your parcel {order}. Is that {name}? | Hello {name}, {brand} here. I am calling about parcel {order}.",
        ),
        (User, "Yes, hello. | Hi, yes. Where is my parcel?"),
        (
            Robot,
            "Our courier could not hand it over today. Would you like us to bring it again on {date}? | We missed you at the door today. We can come again on {date} if that suits you.",
        ),
    ],
    endings: &[
        Ending {
            letter: "A",
            weight: 40,
            label: "Redelivery confirmed",
            hangup: 12,
            slots: &[("delivery_date", "{date}"), ("window", "14:00-18:00"), ("address_ok", "yes")],
            turns: &[
                (User, "Yes please. In the afternoon would be best."),
                (Robot, "Between two and six, then. Is the address still Block 214, unit 08-31?"),
                (User, "Yes, that is right. If I am not in, leave it with the neighbour."),
                (
                    Robot,
                    "I will tell the courier. You will get a message half an hour before he arrives.",
                ),
                (User, "Perfect, thanks a lot."),
                (Robot, "You are welcome. Have a nice day."),
            ],
        },
        Ending {
            letter: "B",
            weight: 18,
            label: "Address changed",
            hangup: 12,
            slots: &[("new_address", "office, 12 Cross Street"), ("delivery_date", "{date}")],
            turns: &[
                (User, "Could you bring it to my office instead? I am never home at that time."),
                (Robot, "Certainly. What is the address of the office?"),
                (User, "Twelve Cross Street, level nine. Ask for the reception."),
                (Robot, "Twelve Cross Street, level nine, at reception, on {date}. Is that right?"),
                (User, "Yes, exactly."),
                (Robot, "Thank you. I have changed it. The fee for the change is waived."),
            ],
        },
        Ending {
            letter: "C",
            weight: 12,
            label: "Self collection",
            hangup: 12,
            slots: &[("pickup_point", "Jurong East")],
            turns: &[
                (User, "I would rather pick it up myself. Is there a locker nearby?"),
                (
                    Robot,
                    "Yes, at Jurong East station. The code arrives by message and works for three days.",
                ),
                (User, "Good, let us do that."),
                (Robot, "Done. Thank you and goodbye."),
            ],
        },
        Ending {
            letter: "D",
            weight: 12,
            label: "Order refused",
            hangup: 14,
            slots: &[("reason", "late")],
            turns: &[
                (User, "It is a week late. I do not want it any more. Send it back."),
                (Robot, "I am sorry about the delay. Shall I start a return with a full refund?"),
                (User, "Yes. And I want it in writing."),
                (Robot, "You will have a message with the return number within the hour."),
            ],
        },
        Ending {
            letter: "E",
            weight: 6,
            label: "Wrong person",
            hangup: 12,
            slots: &[],
            turns: &[
                (User, "I did not order anything. You have the wrong number."),
                (Robot, "I am sorry to have disturbed you. Goodbye."),
            ],
        },
    ],
};
