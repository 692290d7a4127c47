(function () {
  'use strict';
  kintone.events.on('app.record.detail.show', function (event) {
    var url = 'https://api.krewdata.grapecity.com/trigger/v1/abcdefghijklmn';
    var krewdataAppUrl = 'https://yourdomain.cybozu.com/k/123';
    var serialNumber = 'abcdef-jklmno-pqrstu-xyz123-456789';
    // 「実行」ボタンを配置
    if (document.getElementById('run_button') !== null) {
      return;
    }
    var runButton = document.createElement('button');
    runButton.id = 'run_button';
    runButton.innerText = '実行';
    runButton.onclick = async(butotnEvent) => {
      if (window.confirm('krewDataの実行単位を実行しますか?')) {
        // アクセストークンを要求する
        var tokenBody = {
          'krewdataAppUrl': krewdataAppUrl,
          'serialNumber': window.btoa(serialNumber)
        };
        var tokenResponse = await sendRequest('token', url, tokenBody);
        console.log(JSON.stringify(tokenResponse));
        // 実行単位の実行を要求する
        if (tokenResponse.code == 200) {
          var accessToken = tokenResponse.accessToken;
          var runBody = {
            'accessToken': accessToken,
            'user': kintone.getLoginUser().code,
            'appId': event.appId.toString(),
            'record': event.record
          };
          var runResponse = await sendRequest('run', url, runBody);
          console.log(JSON.stringify(runResponse));
          // 実行単位の実行状況を確認する
          if (runResponse.code == 200) {
            var taskId = runResponse.taskId;
            var statusBody = {
              'accessToken': accessToken,
              'taskId': taskId
            };
            var statusInterval = setInterval(async function () {
              var statusResponse = await sendRequest('status', url, statusBody);
              console.log(JSON.stringify(statusResponse));
              if (statusResponse.taskStatus == 'Success' || statusResponse.taskStatus == 'Failure') {
                clearInterval(statusInterval);
              }
            }, 5000); // 5sec
          }
        }
      }
    }
    kintone.app.record.getHeaderMenuSpaceElement().appendChild(runButton);
  });
})();
function sendRequest(api, url, body) {
  var _kintone = kintone;
  var uri = url + '/' + api;
  return new _kintone.Promise(function (resolve, reject) {
    _kintone.proxy(uri, 'POST', {
      'Content-Type': 'application/json;charset=UTF-8'
    }, body, function (body, status, headers) {
      resolve(JSON.parse(body));
    }, function (error) {
      reject(error);
    });
  });
}
