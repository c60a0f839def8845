import { FlorinProblem } from '@florin/client';
import { Alert, Button, Stack, TextField } from '@mui/material';
import { type FormEvent, useState } from 'react';
import { ProblemAlert } from '../layout/problem-alert.tsx';
import { useText } from '../texts/use-text.ts';
import type { User } from './console-session.ts';
import { useSession } from './use-session.ts';

type SignInFormProps = { onSignedIn(user: User): void; email?: string };

/** Asks for e-mail address and password. */
export function SignInForm({ onSignedIn, email = '' }: SignInFormProps) {
  const session = useSession();
  const text = useText();
  const [error, setError] = useState<unknown>();
  const [isPending, setIsPending] = useState(false);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    setIsPending(true);
    setError(undefined);
    try {
      onSignedIn(await session.signIn({ email: textOf(fields, 'email'), password: textOf(fields, 'password') }));
    } catch (caught) {
      setError(caught);
    } finally {
      setIsPending(false);
    }
  };

  const isWrong = error instanceof FlorinProblem && error.code === 'INVALID_CREDENTIALS';
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack spacing={2}>
        {isWrong && <Alert severity="error">{text('signIn.wrong')}</Alert>}
        {error !== undefined && !isWrong && <ProblemAlert error={error} />}
        <TextField
          name="email"
          label={text('signIn.email')}
          type="email"
          autoComplete="username"
          required
          defaultValue={email}
          slotProps={{ inputLabel: { required: false } }}
        />
        <TextField
          name="password"
          label={text('signIn.password')}
          type="password"
          autoComplete="current-password"
          required
          slotProps={{ inputLabel: { required: false } }}
        />
        <Button type="submit" variant="contained" loading={isPending}>
          {text('signIn.submit')}
        </Button>
      </Stack>
    </form>
  );
}

function textOf(fields: FormData, name: string): string {
  const value = fields.get(name);
  return typeof value === 'string' ? value : '';
}
