/** Where a unit runs. */
import { isTriggerUrl } from '../../definition/urls';
import { RadioField } from '../../ui/parts/Choice';
import { Notice } from '../../ui/parts/Feedback';
import { TextField } from '../../ui/parts/Field';
import { useTexts } from '../app/environment';
import type { UnitPartProps } from './part-props';
import { RemoteSecrets } from './RemoteSecrets';

export function ExecutorSettings({ unit, change, findings }: UnitPartProps) {
  const { executor: t, sections } = useTexts().unit;
  const { executor } = unit;
  return (
    <>
      <RadioField
        legend={t.title}
        value={executor.kind}
        options={[
          { value: 'browser', label: t.browser, hint: t.browserHint },
          { value: 'server', label: t.server, hint: t.serverHint },
          { value: 'remote', label: t.remote, hint: t.remoteHint },
        ]}
        onChange={(kind) => change({ executor: kind === 'remote' ? { kind, url: '' } : { kind } })}
        path="executor"
      />
      {executor.kind === 'server' ? <Notice tone="info">{sections.needsServer}</Notice> : null}
      {executor.kind === 'remote' ? (
        <>
          <TextField
            required
            label={t.url}
            hint={t.urlHint}
            placeholder="https://"
            maxLength={2048}
            value={executor.url}
            onChange={(url) => change({ executor: { kind: 'remote', url: url.trim() } }, 'executor.url')}
            findings={findings('executor.url')}
            path="executor.url"
          />
          <RemoteSecrets url={isTriggerUrl(executor.url) ? executor.url : null} />
        </>
      ) : null}
    </>
  );
}
