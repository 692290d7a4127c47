import { failureText as text } from '../../i18n';

/** What can be wrong with the ways to start a unit, its rules, input and test mode. */
export const unitProblems = {
  scheduleCronInvalid: text(
    '予定「{cron}」を読み取れません。',
    '「分 時 日 月 曜日」の 5 つを空白で区切って入力するか、一覧から選び直してください。',
  ),
  scheduleTimeZoneUnknown: text(
    'タイムゾーン「{timeZone}」が見つかりません。',
    '一覧から選び直してください。',
  ),
  scheduleNeverStarts: text(
    '予定「{cron}」に当てはまる日がありません。',
    '存在する日付になるように、日と月を見直してください。',
  ),
};
