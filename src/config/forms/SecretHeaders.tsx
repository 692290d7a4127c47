/** Headers that kintone's proxy adds on its own; they are stored at once and are no part of the document. */
import { useState } from 'react';
import { secretPrefix } from '../../commands';
import type { ParameterSpec } from '../../commands/types';
import type { SecretReply } from '../../kintone/proxy-secrets';
import { Button } from '../../ui/parts/Button';
import { TextField } from '../../ui/parts/Field';
import { useEnvironment, useTexts } from '../app/environment';
import styles from './forms.module.css';
import { Section } from './parts';

interface SecretHeadersProps {
  readonly url: string;
  readonly method: string;
  readonly parameters: readonly ParameterSpec[];
}

export function SecretHeaders({ url, method, parameters }: SecretHeadersProps) {
  const { inputHttp } = useTexts().commands;
  const prefix = secretPrefix(url, parameters);
  return (
    <Section title={inputHttp.secrets} hint={inputHttp.secretsHint}>
      {prefix === null ? (
        <span className={styles['hint']}>{inputHttp.secretsNoUrl}</span>
      ) : (
        // Another address has other secrets: what was typed for one must not be stored for the next.
        <StoredHeaders key={`${method} ${prefix}`} prefix={prefix} methods={[method]} />
      )}
    </Section>
  );
}

interface StoredHeadersProps {
  readonly prefix: string;
  /** kintone keeps headers for each method; they are the same for these. */
  readonly methods: readonly string[];
}

/** What is stored for the beginning of an address, and a way to add to it. Give it a key of prefix and methods. */
export function StoredHeaders({ prefix, methods }: StoredHeadersProps) {
  const { secrets } = useEnvironment();
  const { commands, common } = useTexts();
  const { inputHttp } = commands;
  const [name, setName] = useState('');
  const [value, setValue] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [said, setSaid] = useState('');
  const names = [...new Set(methods.flatMap((method) => secrets.headerNames(prefix, method)))];
  const forEach = async (change: (method: string) => Promise<SecretReply>): Promise<SecretReply> => {
    const replies = await Promise.all(methods.map(change));
    return replies.every((reply) => reply === 'saved') ? 'saved' : 'failed';
  };
  const work = async (change: Promise<SecretReply>) => {
    setBusy(true);
    setSaid('');
    const reply = await change;
    setBusy(false);
    setSaid(reply === 'saved' ? inputHttp.secretsSaved : inputHttp.secretsFailed);
    if (reply === 'saved') {
      setName('');
      setValue('');
    }
  };
  return (
    <>
      <code>{`${methods.join(', ')} ${prefix}`}</code>
      <span>
        {names.length === 0
          ? inputHttp.secretsNone
          : `${inputHttp.secretsStored}: ${common.list(names.map((stored) => `${stored}: ********`))}`}
      </span>
      <div className={styles['grid']}>
        <TextField
          label={inputHttp.secretName}
          placeholder="Authorization"
          value={name}
          maxLength={256}
          onChange={setName}
        />
        <TextField
          label={inputHttp.secretValue}
          inputType="password"
          value={value}
          maxLength={2000}
          onChange={setValue}
        />
      </div>
      <div className={styles['inline']}>
        <Button
          size="small"
          disabled={isBusy || name.trim() === '' || value === ''}
          onClick={() => void work(forEach((method) => secrets.save(prefix, method, name.trim(), value)))}
        >
          {inputHttp.secretSave}
        </Button>
        {names.length === 0 ? null : (
          <Button
            size="small"
            disabled={isBusy}
            onClick={() => void work(forEach((method) => secrets.clear(prefix, method)))}
          >
            {inputHttp.secretsClear}
          </Button>
        )}
      </div>
      <span role="status">{said}</span>
    </>
  );
}
