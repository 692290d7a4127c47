import type { FailureText, FailureTexts } from '../../i18n';

/** For codes without a text of their own. */
export const unknownError: FailureText = {
  what: '发生了意外的错误（{code}）。',
  todo: '请再试一次。如果仍然发生，请将此代码告知应用管理员。',
};

export const errors: FailureTexts = {};
