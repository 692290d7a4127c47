/** Keeps an error of one part from losing the edits: they can still be exported. */
import { Component, type ReactNode } from 'react';
import { Button } from '../../ui/parts/Button';
import { Notice } from '../../ui/parts/Feedback';
import { downloadText, exportName, exportText } from '../files/export';
import { useStore } from './document';
import { useEnvironment, useTexts } from './environment';

interface BoundaryProps {
  readonly children: ReactNode;
  readonly fallback: (reset: () => void, message: string) => ReactNode;
}

class Boundary extends Component<BoundaryProps, { readonly message: string | null }> {
  override state: { readonly message: string | null } = { message: null };

  static getDerivedStateFromError(error: unknown) {
    return { message: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    const { message } = this.state;
    if (message === null) return this.props.children;
    return this.props.fallback(() => this.setState({ message: null }), message);
  }
}

export function CrashGuard({ children }: { readonly children: ReactNode }) {
  const t = useTexts();
  const store = useStore();
  const { nowMs, timeZone } = useEnvironment();
  const save = () => downloadText(exportName(nowMs(), timeZone), exportText(store.get().settings));
  return (
    <Boundary
      fallback={(reset, message) => (
        <Notice
          live
          tone="error"
          todo={`${t.startup.crashedBody} (${message})`}
          actions={
            <>
              <Button size="small" onClick={save}>
                {t.startup.crashedExport}
              </Button>
              <Button size="small" onClick={reset}>
                {t.startup.crashedRetry}
              </Button>
            </>
          }
        >
          {t.startup.crashed}
        </Notice>
      )}
    >
      {children}
    </Boundary>
  );
}
