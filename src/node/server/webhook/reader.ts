/** What is read of kintone to verify notifications. */
import type { KintoneRestAPIClient } from '@kintone/rest-api-client';
import { FailureError } from '../../../definition/errors';
import { readFailure } from '../../../kintone/request-error';
import type { RunUser } from '../../../run';

export interface NotificationReader {
  /** null: there is no such record. Throws `FailureError` when kintone cannot be asked. */
  record(recordId: string): Promise<{ readonly revision: string; readonly modifier: RunUser } | null>;
  /** Who wrote the comment; null: there is no such comment. */
  commenter(recordId: string, commentId: string): Promise<RunUser | null>;
}

/** kintone answers 10 comments at most, newest first; a comment that is newer than ten others is looked for further. */
const COMMENTS_PER_PAGE = 10;
const COMMENT_PAGES_MAX = 20;

export function notificationReader(client: KintoneRestAPIClient, appId: string): NotificationReader {
  async function read<T>(recordId: string, work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      const value = readFailure(error, { appId, recordId });
      if (isMissing(error)) return null;
      throw new FailureError(value);
    }
  }

  return {
    record: (recordId) =>
      read(recordId, async () => {
        const { record } = await client.record.getRecord({ app: appId, id: recordId });
        const modifier = Object.values(record).find((cell) => cell.type === 'MODIFIER')?.value;
        return { revision: String(record['$revision']?.value ?? ''), modifier: personOf(modifier) };
      }),
    commenter: (recordId, commentId) =>
      read(recordId, async () => {
        for (let page = 0; page < COMMENT_PAGES_MAX; page += 1) {
          const { comments, older } = await client.record.getRecordComments({
            app: appId,
            record: recordId,
            offset: page * COMMENTS_PER_PAGE,
            limit: COMMENTS_PER_PAGE,
          });
          const found = comments.find((comment) => comment.id === commentId);
          if (found !== undefined) return personOf(found.creator);
          if (!older) break;
        }
        return null;
      }),
  };
}

const isMissing = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'GAIA_RE01';

function personOf(value: unknown): RunUser {
  const { code = '', name = code } = (value ?? {}) as { readonly code?: string; readonly name?: string };
  return { code, name };
}
