import type { FailureTexts } from '../../i18n';

export const problems: FailureTexts = {};
