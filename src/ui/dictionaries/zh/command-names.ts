import type { Shape } from '../../i18n';
import type { commandNames as ja } from '../ja/command-names';

export const commandNames = {
  inputApp: '输入应用',
  inputRecord: '调用记录',
  inputHttp: '外部 API 输入',
  filter: '筛选',
  sort: '排序',
  distinct: '删除重复',
  limit: '前N行',
  check: '数据检查',
  join: '应用连接',
  lookup: '参照主数据',
  union: '记录合并',
  group: '分组',
  pivot: '行转列',
  unpivot: '列转行',
  window: '累计与前后行',
  rank: '排名',
  edit: '数据编辑',
  constant: '添加常量',
  setType: '设置字段类型',
  select: '选择列',
  expandTable: '展开表格',
  nestTable: '生成表格',
  outputApp: '输出应用',
  outputStatus: '更新状态',
} satisfies Shape<typeof ja>;
