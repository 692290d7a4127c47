import { Component, createRef, type ReactNode } from 'react';

interface Props {
  /** Changes when the card's content is replaced by another screen. */
  readonly screen: string;
  readonly children: ReactNode;
}

/**
 * Keeps keyboard users where they are: when the focused button goes away with its screen, the focus
 * moves to the new heading. Focus outside of the card is never taken. A class, because only
 * getSnapshotBeforeUpdate sees the focus before the button is removed.
 */
export class FocusKeeper extends Component<Props> {
  private readonly box = createRef<HTMLDivElement>();

  override getSnapshotBeforeUpdate(previous: Props): boolean {
    if (previous.screen === this.props.screen) return false;
    const root = this.box.current?.getRootNode();
    const active = root instanceof ShadowRoot || root instanceof Document ? root.activeElement : null;
    // The confirm dialog gives its focus back to where it came from by itself.
    return (
      active !== null && this.box.current?.contains(active) === true && active.closest('dialog') === null
    );
  }

  override componentDidUpdate(_: Props, __: unknown, hadFocus: boolean): void {
    if (hadFocus) this.box.current?.querySelector<HTMLElement>('[data-result]')?.focus();
  }

  override render(): ReactNode {
    return <div ref={this.box}>{this.props.children}</div>;
  }
}
