//! Chats in English. Together they hold every shape of message.

use super::{
    Business::{Collection, Commerce},
    Conversation,
    Say::{self, *},
    Sender::{Agent, Chatbot, Robot, System as House, User},
    answer, line,
};

const CART: Say = Template {
    image: Some("cart.jpg"),
    body: "Hi {name}, you left something behind! Your cart of {amount} is kept until {date}. Complete your order and delivery is on us.",
    footer: "{brand} · reply STOP to opt out",
    buttons: &[
        ("QUICK_REPLY", "Complete my order"),
        ("QUICK_REPLY", "I have a question"),
        ("OPT_OUT", "Stop promotions"),
    ],
    name: "cart_recovery_v3",
};

const TOPICS: Say = List {
    body: "What can I help you with?",
    footer: "Choose one, or just type",
    button: "See topics",
    title: "Your order",
    rows: &[
        ("size", "Size and fit"),
        ("shipping", "Shipping and fees"),
        ("return", "Returns"),
        ("human", "Talk to a person"),
    ],
};

const BOOKED: Conversation = Conversation {
    fits: Commerce,
    channel: "WhatsApp",
    end_reason: "robot",
    letter: "A",
    label: "Order completed",
    slots: &[("size", "M"), ("delivery_date", "{date}"), ("order_no", "{order}")],
    lines: &[
        line(House, System("conversation.start")),
        line(Robot, CART),
        answer(1, User, Button("I have a question")),
        line(Chatbot, TOPICS),
        line(User, ListReply(("size", "Size and fit"))),
        line(Chatbot, Text("The linen shirt runs slightly large. Here is the size chart.")),
        line(Chatbot, Media("image", "size-chart.jpg")),
        answer(5, User, Text("I am 1.72 m and usually wear M. Is M okay then?")),
        line(
            Chatbot,
            Buttons {
                body: "M should fit you well. Shall I put M into your cart?",
                footer: "You can change it until checkout",
                options: &[("yes_m", "Yes, size M"), ("other", "Another size")],
            },
        ),
        line(User, ButtonReply(("yes_m", "Yes, size M"))),
        line(Chatbot, Text("Done! Your order {order} comes to {amount}. Delivery on {date}.")),
        line(Chatbot, File("invoice-{order}.pdf")),
        line(User, Text("great, thanks 🙌")),
        line(Chatbot, Text("Thank you, {name}! I will close this chat now. Write to us any time.")),
    ],
};

const DAMAGED: Conversation = Conversation {
    fits: Commerce,
    channel: "WhatsApp",
    end_reason: "agent",
    letter: "B",
    label: "Transferred to agent",
    slots: &[("issue", "damaged parcel"), ("order_no", "{order}")],
    lines: &[
        line(House, System("conversation.start")),
        line(
            Robot,
            Template {
                image: None,
                body: "Hi {name}, your parcel {order} is planned for {date}. Is somebody at home?",
                footer: "{brand}",
                buttons: &[("QUICK_REPLY", "Yes, I am home"), ("QUICK_REPLY", "Reschedule")],
                name: "redelivery_ask_v1",
            },
        ),
        line(User, Media("image", "parcel-damaged.jpg")),
        line(User, Text("This is how the last one arrived. I would like a refund please")),
        line(Chatbot, Text("I am sorry about that. I will connect you with a colleague.")),
        line(House, System("conversation.transfer")),
        line(
            Agent,
            Text(
                "Hello {name}, this is Farah. I can see the photo. May I also have a short video of the inside?",
            ),
        ),
        line(User, Media("video", "unboxing.mp4")),
        line(User, Media("audio", "voice-note.ogg")),
        answer(
            8,
            Agent,
            Text(
                "Thank you, I have listened to your note. I am refunding {amount} today; it takes 3 to 5 working days.",
            ),
        ),
        line(User, Text("Okay. And I keep the parcel?")),
        line(Agent, Text("Yes, no need to send it back. Anything else?")),
        line(User, ChoiceText("No, that is all")),
        line(House, System("conversation.end")),
    ],
};

const CARDS: Conversation = Conversation {
    fits: Commerce,
    channel: "Instagram",
    end_reason: "user",
    letter: "C",
    label: "Browsing",
    slots: &[("interest", "summer dresses")],
    lines: &[
        line(House, System("conversation.start")),
        line(
            Chatbot,
            Cards {
                title: "Linen summer dress",
                subtitle: "Now {amount}, free delivery until {date}",
                buttons: &[("Show colours", "COLOURS"), ("Buy now", "BUY")],
            },
        ),
        line(User, Text("Do you have it in sage green?")),
        line(
            Chatbot,
            Text("Yes, in XS to L. Where shall we deliver it? You can share your location."),
        ),
        line(User, Location("Bukit Timah Plaza")),
        line(Chatbot, Text("That is within our same-day area.")),
        line(User, Text("ok let me think about it, bye")),
    ],
};

const PROMISE: Conversation = Conversation {
    fits: Collection,
    channel: "WhatsApp",
    end_reason: "robot",
    letter: "A",
    label: "Promise to pay",
    slots: &[("promise_date", "{date}"), ("amount", "{amount}")],
    lines: &[
        line(
            Robot,
            Template {
                image: None,
                body: "Dear {name}, your instalment of {amount} is due on {date}. Pay with one tap or tell us what you need.",
                footer: "{brand} · account {case}",
                buttons: &[
                    ("QUICK_REPLY", "Pay now"),
                    ("QUICK_REPLY", "Need more time"),
                    ("OPT_OUT", "Do not message me"),
                ],
                name: "predue_link_v5",
            },
        ),
        answer(0, User, Button("Need more time")),
        line(
            Chatbot,
            Buttons {
                body: "No problem. When can you pay?",
                footer: "A late fee of 1% applies after the due date",
                options: &[("d3", "In 3 days"), ("d7", "In 7 days"), ("agent", "Talk to a person")],
            },
        ),
        line(User, ButtonReply(("d7", "In 7 days"))),
        line(
            Chatbot,
            Text(
                "Noted: {amount} by {date}. We will remind you a day before. Is this number also on Viber?",
            ),
        ),
        line(User, Text("no only whatsapp")),
        line(Chatbot, Text("All right. Thank you, {name}.")),
    ],
};

const OPT_OUT: Conversation = Conversation {
    fits: Commerce,
    channel: "WhatsApp",
    end_reason: "user",
    letter: "G",
    label: "Opted out",
    slots: &[("opt_out", "yes")],
    lines: &[
        line(Robot, CART),
        answer(0, User, Button("Stop promotions")),
        line(
            Chatbot,
            Text("You will not get promotions from us any more. Reply START to change your mind."),
        ),
    ],
};

const SILENT: Conversation = Conversation {
    fits: Commerce,
    channel: "chatbot",
    end_reason: "expire",
    letter: "",
    label: "No answer",
    slots: &[],
    lines: &[
        line(House, System("conversation.start")),
        line(Chatbot, Text("Hi {name}, is there anything I can do about parcel {order}?")),
        line(Chatbot, TOPICS),
    ],
};

pub(super) const CONVERSATIONS: &[Conversation] =
    &[BOOKED, DAMAGED, CARDS, PROMISE, OPT_OUT, SILENT];
