/** Notifications of kintone, as far as they are used. Format: facts "kintone" 6 (help.cybozu.com, webhook_notification). */
import * as v from 'valibot';
import type { WebhookEvent } from '../../../definition/types';

export interface Payload {
  readonly id: string;
  readonly type: WebhookEvent;
  readonly appId: string;
  readonly recordId: string;
  /** Blank where the notification has none. */
  readonly revision: string;
  readonly commentId: string;
  /** Who the notification says it was; blank where only the record tells. */
  readonly userCode: string;
}

const number = v.pipe(v.union([v.string(), v.number()]), v.transform(String), v.regex(/^[1-9]\d{0,18}$/));
const id = v.pipe(v.string(), v.regex(/^[0-9A-Za-z-]{8,64}$/));
const app = v.looseObject({ id: number });
const person = v.looseObject({ code: v.pipe(v.string(), v.maxLength(128)) });
const cell = v.looseObject({ value: number });

const PayloadSchema = v.variant('type', [
  v.looseObject({
    type: v.picklist(['ADD_RECORD', 'UPDATE_RECORD', 'UPDATE_STATUS']),
    id,
    app,
    record: v.looseObject({ $id: cell, $revision: cell }),
  }),
  v.looseObject({ type: v.literal('DELETE_RECORD'), id, app, recordId: number, deletedBy: person }),
  v.looseObject({
    type: v.literal('ADD_RECORD_COMMENT'),
    id,
    app,
    recordId: number,
    comment: v.looseObject({ id: number, creator: person }),
  }),
]);

/** null: no notification of kintone. Values of the record are left behind: they are read again. */
export function payloadOf(body: unknown): Payload | null {
  const read = v.safeParse(PayloadSchema, body);
  if (!read.success) return null;
  const { output } = read;
  const common = { id: output.id, type: output.type, appId: output.app.id };
  switch (output.type) {
    case 'DELETE_RECORD':
      return {
        ...common,
        recordId: output.recordId,
        revision: '',
        commentId: '',
        userCode: output.deletedBy.code,
      };
    case 'ADD_RECORD_COMMENT':
      return {
        ...common,
        recordId: output.recordId,
        revision: '',
        commentId: output.comment.id,
        userCode: output.comment.creator.code,
      };
    default:
      return {
        ...common,
        recordId: output.record.$id.value,
        revision: output.record.$revision.value,
        commentId: '',
        userCode: '',
      };
  }
}
