import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import overlays from './overlays.module.css';
import { usePortalProps } from './portal';

interface DialogProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly footer: ReactNode;
  readonly onClose: () => void;
  /** An alert asks something that must be answered: a click beside it does not close it. */
  readonly alert?: boolean;
  readonly wide?: boolean;
}

/** An open dialog; render it while it should be there. Escape closes it, focus goes back by itself. */
export function Dialog({ title, children, footer, onClose, alert, wide }: DialogProps) {
  const portal = usePortalProps();
  return (
    <ModalOverlay
      {...portal}
      isOpen
      isDismissable={!alert}
      className={overlays['mask'] ?? ''}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Modal className={`${overlays['modal']} ${wide ? overlays['wide'] : ''}`}>
        <AriaDialog className={overlays['dialog'] ?? ''} role={alert ? 'alertdialog' : 'dialog'}>
          <Heading slot="title" level={2} className={overlays['dialogTitle'] ?? ''}>
            {title}
          </Heading>
          <div className={overlays['dialogBody']}>{children}</div>
          <div className={overlays['dialogFooter']}>{footer}</div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
