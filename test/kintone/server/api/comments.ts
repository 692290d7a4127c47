/** Comments of records. */

import type { App } from '../../store/app';
import { secondStamp } from '../../store/clock';
import { entityOf } from '../../store/store';
import type { Comment } from '../../store/types';
import { type ApiContext, findLiveApp } from '../context';
import { ApiError, invalid } from '../errors';
import {
  objectAt,
  optionalArray,
  optionalInteger,
  optionalString,
  type Params,
  requiredId,
  requiredObject,
} from '../params';
import { requireRights, rightsOn } from '../permissions';

const maxTextLength = 65_535;
const maxMentions = 10;
const pageSize = 10;

function openComments(context: ApiContext, params: Params): { app: App; id: number; comments: Comment[] } {
  const { app } = findLiveApp(context, String(requiredId(params, 'app')));
  requireRights(context, app, 'view');
  const id = requiredId(params, 'record');
  if (app.records.get(id) === undefined) throw new ApiError('GAIA_RE01', { id });
  return { app, id, comments: app.comments.get(id) ?? [] };
}

/** POST record/comment.json: `{app, record, comment: {text, mentions?}}` → `{id}`. */
export function postComment(context: ApiContext, params: Params): unknown {
  const { app, id, comments } = openComments(context, params);
  const sent = requiredObject(params, 'comment');
  const text = optionalString(sent, 'text', 'comment.text') ?? '';
  const given = optionalArray(sent, 'mentions', 'comment.mentions') ?? [];
  if (text === '' && given.length === 0) throw invalid({ key: 'comment.text', message: 'required' });
  if (text.length > maxTextLength) {
    throw invalid({ key: 'comment.text', message: 'tooLong', params: { limit: maxTextLength + 1 } });
  }
  if (given.length > maxMentions) {
    throw invalid({ key: 'comment.mentions', message: 'tooMany', params: { limit: maxMentions } });
  }
  const mentions = given.map((_, at) => readMention(context, given, at));
  const names = mentions.map((mention) => mention.name);
  app.lastCommentId += 1;
  const comment: Comment = {
    id: String(app.lastCommentId),
    text: `${names.length > 0 ? `${names.join(' ')} \n` : ''}${text}`,
    createdAt: secondStamp(context.store.clock.nowMs()),
    creator: entityOf(context.actor.user),
    mentions: mentions.map(({ code, type }) => ({ code, type })),
  };
  app.comments.set(id, [...comments, comment]);
  return { id: comment.id };
}

interface Mention {
  readonly code: string;
  readonly type: Comment['mentions'][number]['type'];
  readonly name: string;
}

function readMention(context: ApiContext, given: readonly unknown[], at: number): Mention {
  const mention = objectAt(given, at, 'comment.mentions');
  const code = optionalString(mention, 'code', `comment.mentions[${at}].code`) ?? '';
  const { users, groups, organizations } = context.store;
  const type = mention['type'];
  if (type !== 'USER' && type !== 'GROUP' && type !== 'ORGANIZATION') {
    throw invalid({
      key: `comment.mentions[${at}].type`,
      message: 'badValue',
      params: { value: String(type) },
    });
  }
  const directory = type === 'USER' ? users : type === 'GROUP' ? groups : organizations;
  const found = directory.get(code);
  const unknown = { USER: 'GAIA_IL26', GROUP: 'GAIA_IL27', ORGANIZATION: 'GAIA_IL28' } as const;
  if (found === undefined) throw new ApiError(unknown[type], { code });
  return { code, type, name: found.name };
}

/** GET record/comments.json: `{app, record, order?, offset?, limit?}` → `{comments, older, newer}`. */
export function getComments(context: ApiContext, params: Params): unknown {
  const { comments } = openComments(context, params);
  const limit = optionalInteger(params, 'limit') ?? pageSize;
  const offset = optionalInteger(params, 'offset') ?? 0;
  if (limit < 0 || limit > pageSize) {
    throw invalid({ key: 'limit', message: 'outOfRange', params: { min: 0, max: pageSize } });
  }
  if (offset < 0) throw invalid({ key: 'offset', message: 'badValue', params: { value: offset } });
  const ascending = params['order'] === 'asc';
  const ordered = ascending ? comments : comments.toReversed();
  const before = offset > 0 && comments.length > 0;
  const after = offset + limit < comments.length;
  return {
    comments: ordered.slice(offset, offset + limit),
    older: ascending ? before : after,
    newer: ascending ? after : before,
  };
}

/** DELETE record/comment.json: `{app, record, comment}` → `{}`; own comments, or any for app managers. */
export function deleteComment(context: ApiContext, params: Params): unknown {
  const { app, id, comments } = openComments(context, params);
  const commentId = String(requiredId(params, 'comment'));
  const comment = comments.find((one) => one.id === commentId);
  if (comment === undefined) throw new ApiError('GAIA_RE02', { id: commentId });
  const isOwn = comment.creator.code === context.actor.user.code;
  if (!isOwn && !rightsOn(context, app).manage) throw new ApiError('CB_NO02');
  app.comments.set(
    id,
    comments.filter((one) => one !== comment),
  );
  return {};
}
