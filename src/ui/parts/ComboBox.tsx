/** A picker with search, for lists too long for a native select (apps, fields). */
import { useId, useState } from 'react';
import {
  ComboBox as AriaComboBox,
  Button,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  useFilter,
} from 'react-aria-components';
import { Below, type Finding, isInvalid, labelClass } from './Field';
import { Icon } from './Icon';
import overlays from './overlays.module.css';
import styles from './parts.module.css';
import { usePortalProps } from './portal';

export interface PickerItem {
  readonly key: string;
  readonly label: string;
  /** Shown at the right and searched too (a type, an app number). */
  readonly note?: string;
}

interface ComboBoxProps {
  readonly label: string;
  readonly hideLabel?: boolean;
  readonly items: readonly PickerItem[];
  /** '' when nothing is chosen. A key that no item has is shown as it is: a lost reference stays visible. */
  readonly value: string;
  readonly onChange: (key: string) => void;
  readonly placeholder: string;
  readonly emptyText: string;
  readonly hint?: string;
  readonly required?: boolean;
  readonly compact?: boolean;
  /** Adds to a list: the input is blank again after each choice. */
  readonly resetOnChange?: boolean;
  readonly findings?: readonly Finding[] | undefined;
  readonly path?: string | undefined;
}

export function ComboBox(props: ComboBoxProps) {
  const { items, value, findings } = props;
  const id = useId();
  const [added, setAdded] = useState(0);
  const portal = usePortalProps();
  const { contains } = useFilter({ sensitivity: 'base' });
  const known = items.some((item) => item.key === value);
  const shown = known || value === '' ? items : [{ key: value, label: value }, ...items];
  const invalid = isInvalid(findings) ? styles['invalid'] : '';
  return (
    <div className={styles['field']}>
      <AriaComboBox
        className={styles['field'] ?? ''}
        // A fresh start is the only way to a blank input that does not open the list again.
        key={added}
        autoFocus={added > 0}
        defaultItems={shown}
        selectedKey={value === '' ? null : value}
        onSelectionChange={(key) => {
          if (key === null || String(key) === value) return;
          props.onChange(String(key));
          if (props.resetOnChange) setAdded(added + 1);
        }}
        menuTrigger={props.resetOnChange ? 'input' : 'focus'}
        defaultFilter={contains}
        isInvalid={isInvalid(findings)}
      >
        <Label className={labelClass(props)}>{props.label}</Label>
        <div className={overlays['comboGroup']}>
          <Input
            className={`${styles['input']} ${overlays['comboInput']} ${props.compact ? styles['compact'] : ''} ${invalid}`}
            placeholder={props.placeholder}
            data-path={props.path}
          />
          <Button className={overlays['comboButton'] ?? ''}>
            <Icon name="chevron" />
          </Button>
        </div>
        <Popover {...portal} className={overlays['popover'] ?? ''}>
          <ListBox<PickerItem>
            className={overlays['list'] ?? ''}
            renderEmptyState={() => <div className={overlays['noMatch']}>{props.emptyText}</div>}
          >
            {(item) => (
              <ListBoxItem id={item.key} textValue={item.label} className={overlays['option'] ?? ''}>
                <span>{item.label}</span>
                {item.note ? <span className={overlays['optionNote']}>{item.note}</span> : null}
              </ListBoxItem>
            )}
          </ListBox>
        </Popover>
      </AriaComboBox>
      <Below id={id} hint={props.hint} findings={findings} />
    </div>
  );
}
