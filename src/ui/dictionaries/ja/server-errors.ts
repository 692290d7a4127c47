import type { FailureText } from '../../i18n';

/** What a server says of runs that it does not start, or does not go on with. */
export const serverErrors = {
  jobExpired: {
    what: '{minutes} 分以内に順番が来なかったため、実行しませんでした。',
    todo: '同じ実行単位の実行が長く続いていないか、実行ログで確認してください。',
  },
  notificationNotVerified: {
    what: 'kintone の通知の内容を確認できないため、実行しませんでした（{reason}）。',
    todo: '通知の後にレコードが削除されていないか確認してください。心当たりがない場合は、Webhook の URL の合言葉を変えてください。',
  },
  requestForged: {
    what: '{creator} さんが {user} さんの名前で依頼したため、実行しませんでした。',
    todo: '実行ログアプリの追加の権限を確認してください。',
  },
  planNotOwn: {
    what: '途中で止まった実行の計画が、このサーバーの作ったものと確認できません。',
    todo: '画面の「続きから」で、内容を確認してから再開してください。',
  },
} satisfies Record<string, FailureText>;
