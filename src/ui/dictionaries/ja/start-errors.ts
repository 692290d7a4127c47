import { failureText as text } from '../../i18n';

/** What can become of a start: waiting, joining, limits, servers, units that units start. */
export const startErrors = {
  queueFull: text(
    '順番待ちがいっぱいのため、この実行は始めていません（{limit} 件まで待てます）。',
    '待っている実行が減ってから、もう一度実行してください。',
  ),
  expired: text(
    '{minutes} 分待っても順番が来なかったため、取りやめました。何も書き込んでいません。',
    'もう一度実行するか、実行ログで進行中の実行を確認してください。',
  ),
  queuePlaceLost: text(
    'この画面がしばらく止まっていたため、順番を失いました。何も書き込んでいません。',
    'もう一度実行してください。',
  ),
  watchedRunGone: text(
    '表示していた {user} さんの実行は、書き込む前に途中で止まりました。',
    'もう一度実行してください。',
  ),
  watchedRunSays: text('{message}'),
  noServer: text(
    '{minutes} 分待ってもサーバーが引き受けなかったため、取りやめました。何も書き込んでいません。',
    'サーバー（nagare serve）が動いているか、アプリの管理者に確認してください。',
  ),
  requestDamaged: text('サーバーへの依頼の内容が壊れています。', 'もう一度実行してください。'),
  switchedOff: text(
    '実行単位「{name}」は、短い時間に実行が繰り返されたため、自動で無効になっています（{since}、最後の実行は {user} さん）。',
    'アプリの管理者が、プラグインの設定画面または実行ログの「有効に戻す」を押すと、また実行できます。',
  ),
  switchedOffNow: text(
    '{minutes} 分間に {refusals} 回、上限を超えて実行されたため、実行単位「{name}」を自動で無効にしました。',
    '繰り返し実行しているボタンやプログラムを確認してから、アプリの管理者がプラグインの設定画面または実行ログで有効に戻してください。',
  ),
  startUnitFailed: text(
    '開始した実行単位「{name}」が成功しませんでした。{message}',
    'その実行の詳細は、実行ログで確認できます。',
  ),
  startUnitInterrupted: text(
    '開始した実行単位「{name}」が、書き込みの途中で止まっています。',
    'その実行単位を実行して「続きから」または「最初から」を選んでから、この実行を続けてください。',
  ),
  startUnitLoop: text(
    '実行単位「{name}」が、ほかの実行単位を通して自分自身を開始しようとしました。',
    'フローの「実行単位の開始」の設定を直してください。',
  ),
  startUnitTooDeep: text(
    '実行単位から実行単位を開始できるのは {limit} 段までです。',
    '実行単位のつながりを短くしてください。',
  ),
  startUnitDisabled: text(
    '開始する実行単位「{name}」は無効になっています。',
    'その実行単位を有効にするか、フローの設定を直してください。',
  ),
};
