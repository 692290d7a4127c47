import type { ReactNode } from 'react';
import {
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  Button,
  MenuTrigger,
  Popover,
} from 'react-aria-components';
import overlays from './overlays.module.css';
import styles from './parts.module.css';
import { usePortalProps } from './portal';

export interface MenuEntry {
  readonly key: string;
  readonly label: string;
  readonly hint?: string;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  readonly onAction: () => void;
}

interface MenuProps {
  /** Accessible name of the button when it shows only a drawing. */
  readonly label: string;
  readonly children: ReactNode;
  readonly look: 'icon' | 'button' | 'primary';
  readonly entries: readonly MenuEntry[];
}

/** A button that opens a list of actions. */
export function Menu({ label, children, look, entries }: MenuProps) {
  const portal = usePortalProps();
  const classes = {
    icon: styles['iconButton'],
    button: `${styles['button']} ${styles['small']}`,
    primary: `${styles['button']} ${styles['primary']}`,
  };
  return (
    <MenuTrigger>
      <Button aria-label={label} className={classes[look] ?? ''}>
        {children}
      </Button>
      <Popover {...portal} className={overlays['popover'] ?? ''} placement="bottom end">
        <AriaMenu
          className={overlays['list'] ?? ''}
          disabledKeys={entries.filter((entry) => entry.disabled).map((entry) => entry.key)}
        >
          {entries.map((entry) => (
            <AriaMenuItem
              key={entry.key}
              id={entry.key}
              textValue={entry.label}
              className={`${overlays['option']} ${entry.danger ? overlays['menuDanger'] : ''}`}
              onAction={entry.onAction}
            >
              <span className={overlays['optionText']}>
                <span>{entry.label}</span>
                {entry.hint ? <span className={overlays['optionHint']}>{entry.hint}</span> : null}
              </span>
            </AriaMenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
