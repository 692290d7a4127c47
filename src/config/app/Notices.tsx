/** What happened last (saved, refused, removed), at the top where nobody misses it. */
import { describeFailure } from '../../ui/i18n';
import { Button } from '../../ui/parts/Button';
import { Notice } from '../../ui/parts/Feedback';
import parts from '../../ui/parts/parts.module.css';
import { problemTexts, unknownProblem } from '../texts';
import { useChecks } from './checks';
import { useReload } from './data';
import { useEnvironment, useTexts } from './environment';
import type { Saving } from './saving';

export function Notices({ saving }: { readonly saving: Saving }) {
  const t = useTexts();
  const { failed } = useChecks();
  const reload = useReload();
  return (
    <>
      <SaveNotice saving={saving} />
      {failed.length > 0 ? (
        <Notice
          tone="warning"
          actions={
            <Button size="small" onClick={reload}>
              {t.common.retry}
            </Button>
          }
        >
          {t.problems.appsFailed}
        </Notice>
      ) : null}
    </>
  );
}

function SaveNotice({ saving }: { readonly saving: Saving }) {
  const t = useTexts();
  const { language, callingApp } = useEnvironment();
  const { state } = saving;
  const close = (
    <Button size="small" onClick={saving.dismiss}>
      {t.common.close}
    </Button>
  );
  if (state.kind === 'saved') {
    return (
      <Notice
        live
        tone="success"
        actions={
          <>
            <a className={`${parts['button']} ${parts['small']}`} href={`../../flow?app=${callingApp.appId}`}>
              {t.save.toAppSettings}
            </a>
            {close}
          </>
        }
      >
        {t.save.saved}
      </Notice>
    );
  }
  if (state.kind === 'failed') {
    const text = describeFailure(problemTexts[language], unknownProblem[language], state.failure, language);
    return (
      <Notice live tone="error" todo={text.todo} actions={close}>
        {text.what}
      </Notice>
    );
  }
  return null;
}
