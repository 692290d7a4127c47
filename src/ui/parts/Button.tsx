import type { MouseEventHandler, ReactNode, Ref } from 'react';
import { Icon, type IconName } from './Icon';
import styles from './parts.module.css';

interface ButtonProps {
  readonly children: ReactNode;
  readonly onClick?: MouseEventHandler<HTMLButtonElement>;
  readonly kind?: 'normal' | 'primary' | 'danger' | 'quiet';
  readonly size?: 'small' | 'normal' | 'large';
  readonly icon?: IconName;
  /** Stays focusable and readable: say why in `title`. */
  readonly disabled?: boolean;
  readonly title?: string | undefined;
  readonly ref?: Ref<HTMLButtonElement>;
  readonly autoFocus?: boolean;
  readonly 'aria-label'?: string;
  readonly 'aria-expanded'?: boolean;
}

/** A native button. Disabled ones keep their place in the tab order, so that the reason can be reached. */
export function Button({
  children,
  onClick,
  kind = 'normal',
  size = 'normal',
  icon,
  disabled,
  ...rest
}: ButtonProps) {
  const classes = [
    styles['button'],
    kind === 'normal' ? '' : styles[kind],
    size === 'normal' ? '' : styles[size],
  ];
  return (
    <button
      {...rest}
      type="button"
      className={classes.join(' ')}
      aria-disabled={disabled ? true : undefined}
      onClick={disabled ? undefined : onClick}
    >
      {icon === undefined ? null : <Icon name={icon} />}
      {children}
    </button>
  );
}

interface IconButtonProps {
  readonly label: string;
  readonly icon: IconName;
  readonly onClick?: MouseEventHandler<HTMLButtonElement>;
  readonly disabled?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
}

/** A button that shows only a drawing; its label is the accessible name and the tooltip. */
export function IconButton({ label, icon, onClick, disabled, ref }: IconButtonProps) {
  return (
    <button
      ref={ref}
      type="button"
      className={styles['iconButton']}
      aria-label={label}
      title={label}
      aria-disabled={disabled ? true : undefined}
      onClick={disabled ? undefined : onClick}
    >
      <Icon name={icon} />
    </button>
  );
}
