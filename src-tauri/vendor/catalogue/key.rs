//! The names of the endpoints.

use super::{CATALOGUE, Endpoint};

macro_rules! keys {
    ($($key:ident)*) => {
        /// One endpoint or webhook, by the name that code, profile and screen use.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Key { $($key),* }

        impl Key {
            pub const ALL: &[Self] = &[$(Self::$key),*];
            pub const COUNT: usize = Self::ALL.len();
        }
    };
}

keys! {
    CloudAuth
    WorkflowTemplates WorkflowCreate WorkflowAddLists WorkflowUpdateList WorkflowCancelList WorkflowStop
    WorkflowList WorkflowSubtasks WorkflowOutboundTasks WorkflowOutboundDetails WorkflowCallsByPerson
    WorkflowCallById WorkflowRecordingsOfNumber WorkflowFind WorkflowWabaTasks WorkflowWabaDetails
    WorkflowVerifyPush RecordingFile
    LeadsTemplates LeadsCreate LeadsAddContacts LeadsUpdateList LeadsCancelCall LeadsStop LeadsList
    LeadsTasks LeadsTaskDetails LeadsCallById LeadsVerifyPush LeadsCallEnded LeadsCustomNode
    TaskCreate TaskList TaskCancel TaskCancelCall TaskDetails TaskRecording TaskRecordings TaskRobots
    TaskCallById
    PlanStrategies PlanCreate PlanStatus PlanRounds PlanList PlanCancel PlanCancelCall
    PlanRecordingsOfNumber
    ChatMessages ChatSessions ChatEnd ChatMarkRead ChatSend ChatTransferResult ChatUpload
    ChatUploadMap
    WabaAccounts WabaTemplates WabaTemplate WabaSend WabaSendSingle WabaResult
    PdsAuth PdsTasks PdsDetails PdsCancel PdsRecording
    HookWorkflowStatus HookCallCompleted HookListCompleted HookWabaStatus HookChatEnded HookCustomNode
    HookPds HookTask HookCall HookPlan HookBotMessage HookChatTemplateResult HookChatTemplateReply
    HookChatTransferRequest HookChatStatus HookChatAgentStatus HookChatUserMessage
    HookChatAgentUserMessage HookChatSessionEnd HookChatReport HookInbound
    NameFlexRoute NameApiStore NameDidi
}

impl Key {
    pub fn as_str(self) -> &'static str {
        self.endpoint().name
    }

    pub fn parse(name: &str) -> Option<Self> {
        CATALOGUE.iter().find(|e| e.name == name).map(|e| e.key)
    }

    /// Asked with the account's own key and secret; the chatbot and the predictive dialer have theirs.
    pub fn takes_own_keys(self) -> bool {
        self.endpoint().family == super::Family::Cloud
    }

    pub fn endpoint(self) -> &'static Endpoint {
        &CATALOGUE[self as usize]
    }
}
