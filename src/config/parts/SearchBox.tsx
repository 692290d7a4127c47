import { TextField } from '../../ui/parts/Field';
import styles from './lists.module.css';

interface SearchBoxProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A search over a list that is on the page already. */
export function SearchBox({ label, value, onChange }: SearchBoxProps) {
  return (
    <div className={styles['searchBox']}>
      <TextField compact hideLabel label={label} placeholder={label} value={value} onChange={onChange} />
    </div>
  );
}

/** Case and width do not matter: half-width kana and full-width letters find each other. */
export function matches(text: string, search: string): boolean {
  return fold(text).includes(fold(search));
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().trim();
}
