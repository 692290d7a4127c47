/** A list of texts, one per line. */
import { useState } from 'react';
import { TextField } from '../../ui/parts/Field';
import type { FindingsAt } from '../app/checks';

interface ValueLinesProps {
  readonly label: string;
  readonly values: readonly string[];
  readonly onChange: (values: readonly string[]) => void;
  readonly path: string;
  readonly findings: FindingsAt;
}

const valuesIn = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** Blank lines are left out of the values, but stay in the box while somebody is still typing. */
export function ValueLines({ label, values, onChange, path, findings }: ValueLinesProps) {
  const [draft, setDraft] = useState(values.join('\n'));
  const isCurrent = valuesIn(draft).join('\n') === values.join('\n');
  return (
    <TextField
      hideLabel
      multiline
      rows={6}
      label={label}
      value={isCurrent ? draft : values.join('\n')}
      onChange={(text) => {
        setDraft(text);
        onChange(valuesIn(text));
      }}
      findings={[...findings(path), ...values.flatMap((_value, index) => findings(`${path}.${index}`))]}
      path={path}
    />
  );
}
