/** The built-in connectors: they send the request of the form and look at its answer. */
import { useState } from 'react';
import type { InputHttpSettings } from '../../../commands';
import { inputHttp } from '../../../commands/input-http';
import type { TextRequest } from '../../../commands/types';
import { ok, type Result } from '../../../definition/errors';
import { type Connector, type MetaModel, requestConnector } from '../../../run/connector';
import { formatCount } from '../../../ui/i18n';
import { Button } from '../../../ui/parts/Button';
import { TextField } from '../../../ui/parts/Field';
import { useEnvironment, useTexts } from '../../app/environment';
import type { FormProps } from '../contract';
import styles from '../forms.module.css';
import { Section } from '../parts';
import { AskingState, useAsking } from './asking';
import { type Found, FoundChoices } from './FoundChoices';
import { useMetaModel } from './MetaModel';
import { sampleRequest } from './sample-request';

export function RequestTools(props: FormProps<InputHttpSettings>) {
  const { settings, metadata } = props;
  const { connector: t } = useTexts().commands;
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const used = inputHttp.parameters?.(settings, metadata.parameters) ?? [];
  const request = sampleRequest(settings, metadata.parameters, values);
  return (
    <>
      {used.length === 0 ? null : (
        <Section title={t.sample} hint={t.sampleHint}>
          <div className={styles['grid']}>
            {used.map((name) => (
              <TextField
                key={name}
                label={metadata.parameters.find((spec) => spec.name === name)?.label || name}
                value={values[name] ?? ''}
                maxLength={1000}
                onChange={(value) => setValues({ ...values, [name]: value })}
              />
            ))}
          </div>
        </Section>
      )}
      {/* What was found for one request says nothing about the next. */}
      <Tools key={JSON.stringify([request, settings.format])} {...props} request={request} />
    </>
  );
}

const FOUND_IN = {
  json: ['path'],
  csv: ['csvDelimiter', 'csvHeader'],
} as const satisfies Readonly<Record<InputHttpSettings['format'], (keyof Found)[]>>;

function Tools(props: FormProps<InputHttpSettings> & { readonly request: TextRequest | null }) {
  const { settings, request } = props;
  const { connectors, language } = useEnvironment();
  const { connector: t } = useTexts().commands;
  const asking = useAsking();
  const [found, setFound] = useState<Found>({});
  const model = useMetaModel(props, asking);
  const run = <T,>(
    words: string,
    work: (connector: Connector, signal: AbortSignal) => Promise<Result<T>>,
    done: Parameters<typeof asking.ask<T>>[2],
  ) => {
    if (request === null) return;
    const connector = requestConnector(request, settings, connectors);
    asking.ask(words, (signal) => work(connector, signal), done);
  };
  const verify = () =>
    run(
      t.verifying,
      (connector, signal) => connector.verifyCredentials(signal),
      () => ({ tone: 'success', text: t.verified }),
    );
  const choices = () =>
    run(
      t.loadingChoices,
      (connector, signal) => choicesFor(connector, FOUND_IN[settings.format], signal),
      (all) => {
        setFound(all);
        const count = Object.values(all).reduce((sum, list) => sum + list.length, 0);
        if (count === 0) return { tone: 'warning', text: t.noChoices };
        return { tone: 'success', text: t.choicesLoaded(formatCount(count, language)) };
      },
    );
  const columns = () =>
    run(
      t.loadingColumns,
      (connector, signal) => connector.getMetaModel(signal),
      (loaded: MetaModel) => model.take(loaded, null),
    );
  const isReady = request !== null && asking.busy === '';
  const title = request === null ? t.notReady : undefined;
  return (
    <>
      <div className={styles['inline']}>
        <Button disabled={!isReady} title={title} onClick={verify}>
          {t.verify}
        </Button>
        <Button disabled={!isReady} title={title} onClick={choices}>
          {t.choices}
        </Button>
        <Button disabled={!isReady} title={title} onClick={columns}>
          {t.columns}
        </Button>
      </div>
      {request === null ? <span className={styles['hint']}>{t.notReady}</span> : null}
      <AskingState asking={asking} />
      <FoundChoices {...props} found={found} />
      {model.dialog}
    </>
  );
}

async function choicesFor(
  connector: Connector,
  fields: readonly (keyof Found)[],
  signal: AbortSignal,
): Promise<Result<Found>> {
  const all: { -readonly [K in keyof Found]: Found[K] } = {};
  for (const field of fields) {
    const read = await connector.selectModel(field, signal);
    if (!read.ok) return read;
    all[field] = read.value;
  }
  return ok(all);
}
