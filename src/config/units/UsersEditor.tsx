/** Users, groups and departments by their codes. */
import type { PrincipalRef } from '../../definition/types';
import { formatCount } from '../../ui/i18n';
import { Button, IconButton } from '../../ui/parts/Button';
import { SelectField, TextField } from '../../ui/parts/Field';
import { useEnvironment, useTexts } from '../app/environment';
import { withAt, without } from '../document/lists';
import styles from '../parts/lists.module.css';

interface UsersEditorProps {
  readonly users: readonly PrincipalRef[];
  readonly change: (users: readonly PrincipalRef[], field?: string) => void;
}

/**
 * Codes are typed: kintone's lists of users belong to administrators of the domain, whom app
 * administrators need not be.
 */
export function UsersEditor({ users, change }: UsersEditorProps) {
  const { button: t, common } = useTexts();
  const { language } = useEnvironment();
  return (
    <fieldset className={styles['stack']}>
      <legend className={styles['subheading']}>{t.users}</legend>
      <p className={styles['muted']}>{users.length === 0 ? t.usersNone : t.usersHint}</p>
      {users.map((user, index) => {
        const row = t.userRow(formatCount(index + 1, language));
        const set = (patch: Partial<PrincipalRef>) =>
          change(withAt(users, index, { ...user, ...patch }), `users ${index}`);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity of their own
          <div key={index} className={styles['inline']}>
            <SelectField
              compact
              hideLabel
              label={common.of(t.userType, row)}
              value={user.type}
              options={[
                { value: 'USER', label: t.user },
                { value: 'GROUP', label: t.group },
                { value: 'ORGANIZATION', label: t.organization },
              ]}
              onChange={(type) => set({ type })}
            />
            <div className={styles['grow']}>
              <TextField
                compact
                hideLabel
                label={common.of(t.userCode, row)}
                placeholder={t.userCode}
                value={user.code}
                maxLength={256}
                onChange={(code) => set({ code })}
              />
            </div>
            <IconButton
              icon="close"
              label={common.of(common.remove, row)}
              onClick={() => change(without(users, index))}
            />
          </div>
        );
      })}
      <div>
        <Button size="small" icon="plus" onClick={() => change([...users, { type: 'USER', code: '' }])}>
          {t.addUser}
        </Button>
      </div>
    </fieldset>
  );
}
