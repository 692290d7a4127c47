/** The form that asks for values before a run. */
export const inputForm = {
  title: '値を入力してください',
  lead: '入力した値で開始します。まだ何も書き込みません。',
  required: '必須',
  last: '前回の値を入れる',
  filled: '前回の値を入れました。',
  half: '日付や時刻が途中まで入力されています。最後まで入力するか、空にしてください。',
  start: 'この値で開始',
  given: '入力した値',
};
