/**
 * The serial number and the app URL that a remote service wants with every request for a token. kintone's proxy
 * keeps them as body values of `POST {url}/token`; people who run the unit can neither read nor replace them.
 */
import { useState } from 'react';
import { bytesToBase64 } from '../../kintone/bytes';
import { Button } from '../../ui/parts/Button';
import { FieldProblem } from '../../ui/parts/Feedback';
import { TextField } from '../../ui/parts/Field';
import { useEnvironment, useTexts } from '../app/environment';
import { Section } from '../forms/parts';
import styles from '../parts/lists.module.css';

/** The body values' names in the trigger protocol. */
const SERIAL_NUMBER = 'serialNumber';
const APP_URL = 'krewdataAppUrl';
const METHOD = 'POST';

const isAppUrl = (text: string): boolean => /^https:\/\/[^/?#@\s]+\/k\/[1-9]\d*\/?$/.test(text);

/** @param url null while it is no address of the protocol: nothing may be stored for half an address. */
export function RemoteSecrets({ url }: { readonly url: string | null }) {
  const { executor: t } = useTexts().unit;
  return (
    <Section title={t.secrets} hint={t.secretsHint}>
      {url === null ? (
        <span className={styles['muted']}>{t.secretsNoUrl}</span>
      ) : (
        // What was typed for one address must not be stored for the next.
        <Stored key={url} tokenUrl={`${url}/token`} />
      )}
    </Section>
  );
}

function Stored({ tokenUrl }: { readonly tokenUrl: string }) {
  const { secrets } = useEnvironment();
  const { executor: t } = useTexts().unit;
  const [serialNumber, setSerialNumber] = useState('');
  const [appUrl, setAppUrl] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [said, setSaid] = useState<{ readonly text: string; readonly isGood: boolean } | null>(null);
  const stored = secrets.dataNames(tokenUrl, METHOD);
  const stateOf = (name: string) => (stored.includes(name) ? t.stored : t.notStored);
  const badAppUrl = appUrl !== '' && !isAppUrl(appUrl);
  const work = async (change: Promise<'saved' | 'failed'>, done: string) => {
    setBusy(true);
    setSaid(null);
    const isGood = (await change) === 'saved';
    setBusy(false);
    setSaid({ isGood, text: isGood ? done : t.failed });
    if (!isGood) return;
    setSerialNumber('');
    setAppUrl('');
  };
  const store = () =>
    work(
      secrets.saveData(tokenUrl, METHOD, {
        // The protocol wants it in Base64.
        ...(serialNumber === ''
          ? {}
          : { [SERIAL_NUMBER]: bytesToBase64(new TextEncoder().encode(serialNumber)) }),
        ...(appUrl === '' ? {} : { [APP_URL]: appUrl }),
      }),
      t.done,
    );
  return (
    <>
      <TextField
        label={`${t.serialNumber} — ${stateOf(SERIAL_NUMBER)}`}
        hint={t.serialNumberHint}
        inputType="password"
        maxLength={500}
        value={serialNumber}
        onChange={(text) => setSerialNumber(text.trim())}
      />
      <TextField
        label={`${t.appUrl} — ${stateOf(APP_URL)}`}
        hint={t.appUrlHint}
        maxLength={500}
        value={appUrl}
        onChange={(text) => setAppUrl(text.trim())}
        findings={badAppUrl ? [{ tone: 'error', text: t.badAppUrl }] : []}
      />
      {stored.length === 0 ? null : <span className={styles['muted']}>{t.replaceHint}</span>}
      <div className={styles['inline']}>
        <Button
          size="small"
          disabled={isBusy || badAppUrl || (serialNumber === '' && appUrl === '')}
          onClick={() => void store()}
        >
          {t.store}
        </Button>
        {stored.length === 0 ? null : (
          <Button
            size="small"
            disabled={isBusy}
            onClick={() => void work(secrets.clearData(tokenUrl, METHOD), t.forgotten)}
          >
            {t.forget}
          </Button>
        )}
      </div>
      <span role="status">
        {said === null ? null : (
          <FieldProblem tone={said.isGood ? 'success' : 'error'}>{said.text}</FieldProblem>
        )}
      </span>
    </>
  );
}
