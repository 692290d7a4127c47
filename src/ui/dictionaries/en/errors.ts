import type { FailureText, FailureTexts } from '../../i18n';

/** For codes without a text of their own. */
export const unknownError: FailureText = {
  what: 'An unexpected error occurred ({code}).',
  todo: 'Try again. If it happens again, give this code to the app administrator.',
};

export const errors: FailureTexts = {};
