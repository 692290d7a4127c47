/** The comment pane beside a record. */
import type { Comment } from '../../store/types';
import { button, make } from './dom';
import { bootstrap, currentApp, text } from './page';
import { fail } from './record-save';
import { request } from './rest';
import { shownTime } from './zone';

function item(comment: Comment): HTMLElement {
  const when = shownTime(comment.createdAt, bootstrap.user.timezone);
  return make(
    'li',
    { class: 'lk-comment' },
    make('div', { class: 'lk-comment-head' }, make('b', {}, comment.creator.name), ' ', when),
    make('div', { class: 'lk-multiline' }, comment.text),
  );
}

/** Draws the pane; its comments arrive later, so that the record's own events do not wait for them. */
export function drawComments(recordId: number): HTMLElement {
  const app = currentApp().id;
  const list = make('ol', { class: 'lk-comment-list' });
  const box = make('textarea', { class: 'lk-input lk-area', rows: 2, 'aria-label': text('comment') });

  const load = async (): Promise<void> => {
    const params = { app, record: recordId };
    const { comments } = await request<{ comments: Comment[] }>('/k/v1/record/comments', 'GET', params);
    list.replaceChildren(...comments.map(item));
    if (comments.length === 0) list.append(make('li', { class: 'lk-muted' }, text('noComments')));
  };

  const post = async (): Promise<void> => {
    if (box.value.trim() === '') return;
    await request('/k/v1/record/comment', 'POST', { app, record: recordId, comment: { text: box.value } });
    box.value = '';
    await load();
  };

  load().catch(fail);
  return make(
    'aside',
    { class: 'lk-comments', 'aria-label': text('comments') },
    make('h2', {}, text('comments')),
    box,
    button(text('post'), 'lk-small', () => void post().catch(fail)),
    list,
  );
}
