/** Chooses an app by name or number. */
import type { AppRef } from '../../definition/types';
import { Button } from '../../ui/parts/Button';
import { ComboBox } from '../../ui/parts/ComboBox';
import { Notice } from '../../ui/parts/Feedback';
import type { Finding } from '../../ui/parts/Field';
import { appKey, useApps } from '../app/data';
import { useTexts } from '../app/environment';
import { messageOf } from '../client';

interface AppPickerProps {
  readonly label: string;
  readonly app: AppRef | null;
  readonly onChange: (app: AppRef) => void;
  readonly findings?: readonly Finding[];
  readonly path?: string;
}

export function AppPicker({ label, app, onChange, findings, path }: AppPickerProps) {
  const t = useTexts();
  const apps = useApps();
  const items = (apps.data ?? []).map(({ ref, name }) => ({
    key: appKey(ref),
    // The number is part of the text, so that searching for it finds the app.
    label: `${name} (${ref.appId})`,
    ref,
  }));
  const value = app === null ? '' : appKey(app);
  const known = app === null || items.some((item) => item.key === value);
  const shown = known || app === null ? items : [{ key: value, label: `#${app.appId}`, ref: app }, ...items];
  return (
    <>
      <ComboBox
        required
        label={label}
        placeholder={apps.isPending ? t.loading : t.commands.pickers.appPlaceholder}
        emptyText={apps.isPending ? t.loading : t.common.noMatch}
        items={shown}
        value={value}
        onChange={(key) => {
          const chosen = shown.find((item) => item.key === key);
          if (chosen !== undefined) onChange(chosen.ref);
        }}
        findings={findings}
        path={path}
      />
      {apps.isError ? (
        <Notice
          live
          tone="error"
          todo={messageOf(apps.error)}
          actions={
            <Button size="small" onClick={() => void apps.refetch()}>
              {t.common.retry}
            </Button>
          }
        >
          {t.logApp.appsFailed}
        </Notice>
      ) : null}
    </>
  );
}
