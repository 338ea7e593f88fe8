//! Pages of plain text.

use crate::sim::contract::Text;

pub(crate) struct TextPage {
    pub id: u32,
    pub title: Text,
    pub body: Text,
}

pub(crate) const ALL: &[TextPage] = &[
    TextPage { id: 0, title: ("Introduction", "介绍"), body: (START_EN, START_ZH) },
    TextPage { id: 1_648_295, title: ("Error Codes", "错误码"), body: (ERRORS_EN, ERRORS_ZH) },
    TextPage { id: 0, title: ("Encryption", "加密说明"), body: (SECRET_EN, SECRET_ZH) },
];

const START_EN: &str = "# Introduction\n\nAsk your AI Rudder contact for an APPKey and an APPSecret, obtain a \
token, and send it in the header `Authorization: Token <token>`.\n\n| Step | Interface |\n| --- | --- |\n\
| 1 | Obtain the Token |\n| 2 | Obtain the Workflow Task List |\n";
const START_ZH: &str = "# 介绍\n\n请向AI Rudder联系人索取APPKey和APPSecret,获取Token后放入请求头\
`Authorization: Token <token>`。\n\n| 步骤 | 接口 |\n| --- | --- |\n| 1 | 获取Token |\n| 2 | 获取工作流任务列表 |\n";

const ERRORS_EN: &str = "# Error Codes\n\n## Cloud\n\n| Code | Message | Description |\n| --- | --- | --- |\n\
| 200 | OK | Success |\n| 401 | Unauthorized | The token is invalid or has expired; obtain a new one |\n\
| 403 | Forbidden | Your company has no permission for this interface |\n| 404 | Not Found | The object does not exist |\n\
| 429 | Too Many Requests | Slow down |\n| 500 | Internal Error | Try again later |\n\n\
## Predictive Dialer\n\n| Code | Message | Description |\n| --- | --- | --- |\n| 0 | successfully | Success |\n\
| 10301 | invalid app key | The APPKey is invalid |\n| 10506 | task not found | The task does not exist |\n\
| 10813 | expired token | Obtain a new token |\n";
const ERRORS_ZH: &str = "# 错误码\n\n## Cloud\n\n| 错误码 | 信息 | 说明 |\n| --- | --- | --- |\n| 200 | OK | 成功 |\n\
| 401 | Unauthorized | Token无效或已过期 |\n| 403 | Forbidden | 无权限 |\n| 404 | Not Found | 对象不存在 |\n\
| 429 | Too Many Requests | 请求过于频繁 |\n| 500 | Internal Error | 请稍后重试 |\n\n\
## 预测外呼\n\n| 错误码 | 信息 | 说明 |\n| --- | --- | --- |\n| 0 | successfully | 成功 |\n\
| 10301 | invalid app key | APPKey无效 |\n| 10506 | task not found | 任务不存在 |\n| 10813 | expired token | Token已过期 |\n";

const SECRET_EN: &str = "# Encryption\n\nOn request the bodies of callbacks are encrypted. The body is then \
`{\"encrypt\": \"…\"}`.\n\n| Item | Value |\n| --- | --- |\n| Cipher | AES-CBC |\n| Padding | PKCS7 |\n\
| Initial vector | the first 16 bytes |\n| Encoding | base64 |\n";
const SECRET_ZH: &str = "# 加密说明\n\n可申请对回调内容加密,加密后的请求体为`{\"encrypt\": \"…\"}`。\n\n| 项目 | 值 |\n\
| --- | --- |\n| 算法 | AES-CBC |\n| 填充 | PKCS7 |\n| 初始向量 | 前16字节 |\n| 编码 | base64 |\n";

/// A page of somebody else's documentation.
pub(crate) const FOREIGN: &str = "# Create a charge\n\nCharges a card.\n\n## OpenAPI Specification\n\n```yaml\n\
openapi: 3.0.1\ninfo:\n  title: PayFast\n  version: 2.4.0\npaths:\n  /v1/charges:\n    post:\n      summary: Create a charge\n\
      tags:\n        - Charges\n      requestBody:\n        content:\n          application/x-www-form-urlencoded:\n            \
schema:\n              type: object\n              properties:\n                amount:\n                  type: integer\n\
                  title: Amount in cents\n      responses:\n        '200':\n          description: ''\n\
      x-apifox-folder: Charges\n      x-run-in-apifox: https://app.apifox.com/web/project/77/apis/api-1177-run\n\
servers:\n  - url: https://api.payfast.example\n```\n";
