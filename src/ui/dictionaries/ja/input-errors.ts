import { failureText as text } from '../../i18n';

/** Values given at the start of a run. */
export const inputErrors = {
  inputUnknown: text('「{name}」という入力項目はありません。', '入力できる項目: {known}'),
  inputRequired: text('「{label}」が入力されていません。', '値を入力してから実行してください。'),
  inputUnreadable: text(
    '「{label}」の値「{value}」を読み取れません。',
    '「{type}」として読める値を入力してください（数値は 1234.5、日付は 2026-11-28、時刻は 09:30、日時は 2026-11-28 09:30）。',
  ),
  inputNotOption: text('「{label}」の値「{value}」は選択肢にありません。', '選べる値: {options}'),
  inputNeedsRecord: text(
    'この実行単位は、レコードの値（{fields}）を使うため、レコードなしでは開始できません。',
    'レコードの画面から実行してください。',
  ),
  inputCancelled: text(
    '値の入力をやめたため、実行しませんでした。',
    '実行するには、もう一度開始して値を入力してください。',
  ),
};
