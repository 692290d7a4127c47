/** コネクター: chooses what helps with the rest of the form. */
import { useRef } from 'react';
import type { ConnectorSettings, InputHttpSettings } from '../../../commands';
import { SelectField } from '../../../ui/parts/Field';
import { useTexts } from '../../app/environment';
import type { FormProps } from '../contract';
import styles from '../forms.module.css';
import { Section } from '../parts';
import { RequestTools } from './RequestTools';
import { ServiceTools } from './ServiceTools';

type Kind = ConnectorSettings['kind'] | 'none';

const KINDS = ['none', 'json', 'csv', 'service'] as const satisfies Kind[];

export function ConnectorSection(props: FormProps<InputHttpSettings>) {
  const { settings, change } = props;
  const { connector: t } = useTexts().commands;
  const { connector } = settings;
  // Whoever looks at another kind and comes back finds what was entered.
  const service = useRef<ConnectorSettings>({ kind: 'service', address: '', values: [] });
  if (connector?.kind === 'service') service.current = connector;
  const choose = (kind: Kind) => {
    if (kind === 'none') change({ ...settings, connector: null });
    else if (kind === 'service') change({ ...settings, connector: service.current });
    else change({ ...settings, connector: { kind }, format: kind });
  };
  return (
    <div className={styles['panel']}>
      <Section title={t.title} hint={t.hint} path="connector">
        <SelectField
          label={t.kind}
          value={connector?.kind ?? 'none'}
          options={KINDS.map((value) => ({ value, label: t.kinds[value] }))}
          onChange={choose}
          path="connector.kind"
        />
        {connector === null ? null : connector.kind === 'service' ? (
          <ServiceTools {...props} connector={connector} />
        ) : (
          <>
            <span className={styles['hint']}>{t.requestHint}</span>
            <RequestTools {...props} />
          </>
        )}
      </Section>
    </div>
  );
}
