/**
 * kintone does not sign notifications, so whoever knows the address can send some. Nothing in one is believed that
 * kintone itself does not say when it is asked.
 */
import type { RunUser } from '../../../run';
import type { Server } from '../context';
import type { Job, Notification } from '../store/types';

export type Verdict =
  /** `user`: whom the run is logged for. */
  | { readonly kind: 'true'; readonly user: RunUser }
  | {
      readonly kind: 'false';
      readonly reason: 'recordMissing' | 'recordOlder' | 'recordThere' | 'commentMissing';
    };

export async function verify(server: Server, job: Job, notification: Notification): Promise<Verdict> {
  const reader = server.notifications;
  const record = await reader.record(job.callingRecordId);
  switch (notification.type) {
    case 'DELETE_RECORD':
      // Only the absence can be seen; who deleted it is the notification's word.
      return record === null ? { kind: 'true', user: job.user } : { kind: 'false', reason: 'recordThere' };
    case 'ADD_RECORD_COMMENT': {
      const user = record && (await reader.commenter(job.callingRecordId, notification.commentId));
      return user === null ? { kind: 'false', reason: 'commentMissing' } : { kind: 'true', user };
    }
    default:
      if (record === null) return { kind: 'false', reason: 'recordMissing' };
      // It may have been changed again since; it cannot have been changed back.
      return Number(record.revision) < Number(notification.revision)
        ? { kind: 'false', reason: 'recordOlder' }
        : { kind: 'true', user: record.modifier };
  }
}
