/** The card of a run that another service carries out, and the test of the connection to it. */
export const remote = {
  on: (host: string) => `${host} で実行しています。`,
  ask: (host: string) => `${host} に実行を頼みます。何が書き込まれるかは、ここでは表示できません。`,
  runsAsService: 'このレコードの値を送ります。書き込みは、あなたの権限ではなくサービスの権限で行われます。',
  asking: (host: string) => `${host} に実行を頼んでいます。`,
  waits: (host: string) => `${host} で順番を待っています。`,
  followed: (host: string) =>
    `${host} で、ほかのユーザーの実行が進んでいます。あなたの実行は始めていません。その実行を表示しています。`,
  stay: 'このページを閉じても実行は止まりませんが、結果を受け取れなくなります。',
  leave: '見るのをやめる',
  leaveLabel: (unit: string) => `「${unit}」の実行を見るのをやめる`,
  leaving: '止められるかどうかを確かめています。',
  done: (host: string) => `${host} での実行が成功しました。`,
  cancelled: (host: string) => `${host} での実行を止めました。止める前に書き込まれたものは残っています。`,
  nothing: '何も始まっていません。',
  task: (taskId: string) => `タスク番号: ${taskId}`,
  noWayBack: 'ほかのサービスでの実行は、ここから再試行・再開・元に戻すことができません。',
  title: '接続テスト',
  note: 'ほかのサービスで実行する実行単位が、アクセストークンを受け取れるか確かめます。何も実行しませんが、1 回ごとに 1 分間の実行回数に数えます。',
  test: (unit: string) => `「${unit}」の接続を確かめる`,
  check: '接続を確かめる',
  testing: '接続を確かめる…',
};
