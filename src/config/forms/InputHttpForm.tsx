import type { HttpColumn, HttpHeader, InputHttpSettings } from '../../commands';
import { HTTP_TYPES } from '../../commands';
import { CheckField, RadioField } from '../../ui/parts/Choice';
import { SelectField, TextField } from '../../ui/parts/Field';
import { useTexts } from '../app/environment';
import { ConnectorSection } from './connector/ConnectorSection';
import type { FormProps } from './contract';
import styles from './forms.module.css';
import { Rows, Section } from './parts';
import { SecretHeaders } from './SecretHeaders';

const METHODS = ['GET', 'POST'] as const;
const BODY_TYPES = ['json', 'form'] as const;
const FORMATS = ['json', 'csv'] as const;
const DELIMITERS = ['comma', 'tab', 'semicolon'] as const;
const ON_ERRORS = ['fail', 'blank'] as const;
const FORMULA_TEXTS = ['keep', 'guard'] as const;

export function InputHttpForm(props: FormProps<InputHttpSettings>) {
  const { settings, change } = props;
  const { inputHttp } = useTexts().commands;
  return (
    <>
      <span className={styles['hint']}>{inputHttp.noPreview}</span>
      <ConnectorSection {...props} />
      <RequestFields {...props} />
      <SecretHeaders url={settings.url} method={settings.method} parameters={props.metadata.parameters} />
      <AnswerFields {...props} />
      <ColumnFields {...props} />
      <RadioField
        legend={inputHttp.onError}
        value={settings.onError}
        options={ON_ERRORS.map((value) => ({ value, label: inputHttp.onErrors[value] }))}
        onChange={(onError) => change({ ...settings, onError })}
        path="onError"
      />
      <RadioField
        legend={inputHttp.formulaTexts}
        value={settings.formulaTexts}
        options={FORMULA_TEXTS.map((value) => ({ value, label: inputHttp.formulaTextsModes[value] }))}
        onChange={(formulaTexts) => change({ ...settings, formulaTexts })}
        path="formulaTexts"
      />
    </>
  );
}

function RequestFields({ settings, change, findings }: FormProps<InputHttpSettings>) {
  const { inputHttp } = useTexts().commands;
  return (
    <>
      <TextField
        required
        label={inputHttp.url}
        hint={inputHttp.urlHint}
        placeholder="https://api.example.com/items?from=%date%"
        value={settings.url}
        maxLength={2000}
        onChange={(url) => change({ ...settings, url }, 'url')}
        findings={findings('url')}
        path="url"
      />
      <SelectField
        label={inputHttp.method}
        value={settings.method}
        options={METHODS.map((value) => ({ value, label: value }))}
        onChange={(method) => change({ ...settings, method })}
        path="method"
      />
      {settings.method === 'POST' ? (
        <>
          <SelectField
            label={inputHttp.bodyType}
            value={settings.bodyType}
            options={BODY_TYPES.map((value) => ({ value, label: inputHttp.bodyTypes[value] }))}
            onChange={(bodyType) => change({ ...settings, bodyType })}
            path="bodyType"
          />
          <TextField
            multiline
            code
            rows={4}
            label={inputHttp.body}
            hint={inputHttp.bodyHint}
            value={settings.body}
            onChange={(body) => change({ ...settings, body }, 'body')}
            findings={findings('body')}
            path="body"
          />
        </>
      ) : null}
      <Section title={inputHttp.headers} hint={inputHttp.headersHint} path="headers">
        <Rows<HttpHeader>
          items={settings.headers}
          onChange={(headers, field) => change({ ...settings, headers }, field)}
          blank={() => ({ name: '', value: '' })}
          addLabel={inputHttp.addHeader}
          path="headers"
          findings={findings}
          ordered={false}
          render={(item, set, number, index) => (
            <>
              <TextField
                compact
                label={inputHttp.headerName(number)}
                value={item.name}
                maxLength={256}
                onChange={(name) => set({ ...item, name }, 'name')}
                findings={findings(`headers.${index}.name`)}
                path={`headers.${index}.name`}
              />
              <TextField
                compact
                label={inputHttp.headerValue(number)}
                value={item.value}
                maxLength={2000}
                onChange={(value) => set({ ...item, value }, 'value')}
                findings={findings(`headers.${index}.value`)}
                path={`headers.${index}.value`}
              />
            </>
          )}
        />
      </Section>
    </>
  );
}

function AnswerFields({ settings, change, findings }: FormProps<InputHttpSettings>) {
  const { inputHttp } = useTexts().commands;
  return (
    <>
      <SelectField
        label={inputHttp.format}
        value={settings.format}
        options={FORMATS.map((value) => ({ value, label: inputHttp.formats[value] }))}
        onChange={(format) => change({ ...settings, format, connector: connectorFor(format, settings) })}
        path="format"
      />
      {settings.format === 'json' ? (
        <TextField
          label={inputHttp.path}
          hint={inputHttp.pathHint}
          value={settings.path}
          maxLength={256}
          onChange={(path) => change({ ...settings, path }, 'path')}
          findings={findings('path')}
          path="path"
        />
      ) : (
        <>
          <CheckField
            label={inputHttp.csvHeader}
            checked={settings.csvHeader}
            onChange={(csvHeader) => change({ ...settings, csvHeader })}
            path="csvHeader"
          />
          <SelectField
            label={inputHttp.csvDelimiter}
            value={settings.csvDelimiter}
            options={DELIMITERS.map((value) => ({ value, label: inputHttp.delimiters[value] }))}
            onChange={(csvDelimiter) => change({ ...settings, csvDelimiter })}
            path="csvDelimiter"
          />
        </>
      )}
    </>
  );
}

/** The built-in connectors are those of a format. */
function connectorFor(
  format: InputHttpSettings['format'],
  { connector }: InputHttpSettings,
): InputHttpSettings['connector'] {
  return connector === null || connector.kind === 'service' ? connector : { kind: format };
}

function ColumnFields({ settings, change, findings }: FormProps<InputHttpSettings>) {
  const { commands, fieldTypes } = useTexts();
  const { inputHttp } = commands;
  return (
    <Section
      title={inputHttp.columns}
      hint={inputHttp.columnsHint}
      path="columns"
      findings={findings('columns')}
    >
      <Rows<HttpColumn>
        items={settings.columns}
        onChange={(columns, field) => change({ ...settings, columns }, field)}
        blank={() => ({ from: '', as: '', label: '', type: 'text' })}
        addLabel={inputHttp.addColumn}
        path="columns"
        findings={findings}
        render={(item, set, number, index) => (
          <>
            <TextField
              compact
              label={inputHttp.from(number)}
              value={item.from}
              maxLength={256}
              onChange={(from) => set({ ...item, from, as: item.as === item.from ? from : item.as }, 'from')}
              findings={findings(`columns.${index}.from`)}
              path={`columns.${index}.from`}
            />
            <TextField
              compact
              label={inputHttp.as(number)}
              value={item.as}
              maxLength={256}
              onChange={(as) => set({ ...item, as }, 'as')}
              findings={findings(`columns.${index}.as`)}
              path={`columns.${index}.as`}
            />
            <SelectField
              compact
              label={inputHttp.type(number)}
              value={item.type}
              options={HTTP_TYPES.map((type) => ({ value: type, label: fieldTypes[type] }))}
              onChange={(type) => set({ ...item, type })}
              path={`columns.${index}.type`}
            />
          </>
        )}
      />
    </Section>
  );
}
