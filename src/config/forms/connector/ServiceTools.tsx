/** The connector of a service: its address, what it wants to know, and what it says about its rows. */
import { useState } from 'react';
import type { ConnectorSettings, InputHttpSettings } from '../../../commands';
import {
  type Choice,
  describeService,
  type MetaModel,
  requestWith,
  type ServiceDescriptor,
  type ServiceField,
  serviceAddress,
  serviceConnector,
} from '../../../run/connector';
import { formatCount } from '../../../ui/i18n';
import { Button } from '../../../ui/parts/Button';
import { TextField } from '../../../ui/parts/Field';
import { useEnvironment, useTexts } from '../../app/environment';
import type { FormProps } from '../contract';
import styles from '../forms.module.css';
import { Section } from '../parts';
import { StoredHeaders } from '../SecretHeaders';
import { AskingState, useAsking } from './asking';
import { useMetaModel } from './MetaModel';
import { ServiceFields } from './ServiceFields';
import { missingFields, valuesOf, withValue } from './service-values';

type ServiceSettings = Extract<ConnectorSettings, { kind: 'service' }>;

interface ServiceToolsProps extends FormProps<InputHttpSettings> {
  readonly connector: ServiceSettings;
}

/** The methods that the protocol uses; the request of the rows may be one of them too. */
const METHODS = ['GET', 'POST'];

export function ServiceTools(props: ServiceToolsProps) {
  const { settings, change, connector } = props;
  const { connector: t } = useTexts().commands;
  const address = serviceAddress(connector.address);
  const isWrong = address === null && connector.address.trim() !== '';
  return (
    <>
      <TextField
        label={t.address}
        hint={t.addressHint}
        placeholder="https://connector.example.com/"
        value={connector.address}
        maxLength={2000}
        onChange={(typed) =>
          change({ ...settings, connector: { ...connector, address: typed } }, 'connector.address')
        }
        findings={isWrong ? [{ tone: 'error', text: t.addressInvalid }] : []}
        path="connector.address"
      />
      {address === null ? null : (
        // Another address is another service, with other secrets.
        <Service key={address} {...props} address={address} />
      )}
    </>
  );
}

function Service(props: ServiceToolsProps & { readonly address: string }) {
  const { address, connector, settings, change } = props;
  const { connectors, language } = useEnvironment();
  const { commands, common } = useTexts();
  const { connector: t } = commands;
  const asking = useAsking();
  const model = useMetaModel(props, asking);
  const [service, setService] = useState<ServiceDescriptor | null>(null);
  const [choices, setChoices] = useState<Readonly<Record<string, readonly Choice[]>>>({});
  const values = valuesOf(connector.values);
  const ask = () => serviceConnector(address, values, connectors);

  const load = () =>
    asking.ask(
      t.loadingService,
      (signal) => describeService(address, connectors, signal),
      (loaded: ServiceDescriptor) => {
        setService(loaded);
        setChoices({});
        return { tone: 'success', text: t.loaded(loaded.name) };
      },
    );
  const verify = () =>
    asking.ask(
      t.verifying,
      (signal) => ask().verifyCredentials(signal),
      ({ verified, reason }) => {
        if (verified) return { tone: 'success', text: t.verified };
        const text = reason === '' ? t.notVerified : `${t.notVerified} ${t.says(reason)}`;
        return { tone: 'error', text, todo: t.notVerifiedTodo };
      },
    );
  const loadChoices = ({ name }: ServiceField) =>
    asking.ask(
      t.loadingChoices,
      (signal) => ask().selectModel(name, signal),
      (loaded: readonly Choice[]) => {
        setChoices((now) => ({ ...now, [name]: loaded }));
        if (loaded.length === 0) return { tone: 'warning', text: t.noChoices };
        return { tone: 'success', text: t.choicesLoaded(formatCount(loaded.length, language)) };
      },
    );
  const columns = (described: ServiceDescriptor) =>
    asking.ask(
      t.loadingColumns,
      (signal) => ask().getMetaModel(signal),
      (loaded: MetaModel) => model.take(loaded, requestWith(described, values)),
    );
  const choose = (described: ServiceDescriptor, field: ServiceField, value: string) => {
    // An answer about other values is of no use any more.
    asking.stop();
    const label = choices[field.name]?.find((choice) => choice.value === value)?.label ?? '';
    const next = withValue(described.fields, connector.values, { field: field.name, value, label });
    change(
      { ...settings, connector: { ...connector, values: next.values } },
      `connector.values.${field.name}`,
    );
    // What may be chosen for the others has changed too.
    setChoices((now) =>
      Object.fromEntries(
        Object.entries(now).filter(([name]) => !next.dependent.some((one) => one.name === name)),
      ),
    );
    const again = next.dependent.filter(({ name }) => Object.hasOwn(values, name));
    if (again.length > 0) {
      const names = common.list(again.map((one) => one.label));
      asking.say({ tone: 'warning', text: t.chooseAgain(names) });
    }
  };

  const missing = service === null ? [] : missingFields(service.fields, values);
  const isBusy = asking.busy !== '';
  const missingText = t.chooseFirst(common.list(missing.map(({ label }) => label)));
  return (
    <>
      <Section title={t.secrets} hint={t.secretsHint}>
        <StoredHeaders prefix={address} methods={METHODS} />
      </Section>
      <div className={styles['inline']}>
        <Button disabled={isBusy} onClick={load}>
          {t.load}
        </Button>
        <Button disabled={isBusy} onClick={verify}>
          {t.verify}
        </Button>
      </div>
      {service === null ? (
        <Chosen values={connector.values} />
      ) : (
        <>
          <ServiceFields
            service={service}
            values={values}
            stored={connector.values}
            choices={choices}
            isBusy={isBusy}
            onChange={(field, value) => choose(service, field, value)}
            onLoad={loadChoices}
          />
          <div className={styles['inline']}>
            <Button
              disabled={isBusy || missing.length > 0}
              title={missing.length > 0 ? missingText : undefined}
              onClick={() => columns(service)}
            >
              {t.columns}
            </Button>
            {missing.length > 0 ? <span className={styles['hint']}>{missingText}</span> : null}
          </div>
        </>
      )}
      <AskingState asking={asking} />
      {model.dialog}
    </>
  );
}

/** What was chosen when the form was open before. */
function Chosen({ values }: Pick<ServiceSettings, 'values'>) {
  const { commands, common } = useTexts();
  const { connector: t } = commands;
  if (values.length === 0) return null;
  const list = values.map(({ field, value, label }) => t.pair(field, label || value));
  return (
    <span className={styles['hint']}>
      {t.chosen(common.list(list))} {t.loadFirst}
    </span>
  );
}
