mod hook_chat_ended;
mod scripted;
mod vendor_client;
mod vendor_rows;
mod vendor_writes;
