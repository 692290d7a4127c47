import { FailureError } from '../definition/errors';
import type { Language } from '../ui/i18n';
import { explainFailure } from '../ui/panel/explain-failure';

/** What a request from the log met, in words. */
export const errorText = (error: Error, language: Language): string =>
  error instanceof FailureError ? explainFailure(error.failure, language).title : error.message;
