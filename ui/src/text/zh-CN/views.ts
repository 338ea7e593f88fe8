export const views = {
  'views.title': '已存视图',
  'views.hint': '已存视图：以一个名称保存筛选、排序和列',
  'views.none': '还没有保存视图。先筛选并排好列表，再在这里命名。',
  'views.name': '此视图的名称',
  'views.keep': '保存视图',
  'views.replace': '替换视图',
  'views.remove': '移除{{name}}',
  'views.removed': '{{name}}已移除。',
  'views.putBack': '放回',
  'views.fault': '{{file}} 无法使用：{{problem}}',
  'views.folder': '每个视图是一个文件，可以复制给同事：{{folder}}',
  'views.gone_other': '视图“{{name}}”里有已不存在的列，打开时已略去：{{columns}}。',
} as const;
