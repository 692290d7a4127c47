import type { FailureText, FailureTexts } from '../../i18n';

/** For codes without a text of their own. */
export const unknownError: FailureText = {
  what: '予期しないエラーが起きました（{code}）。',
  todo: 'もう一度試してください。続く場合は、このコードをアプリの管理者に伝えてください。',
};

export const errors: FailureTexts = {};
