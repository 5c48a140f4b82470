import { type Refusal, refuse } from '#kernel/result.ts';

/** R100 (domain-rules §11.1): at least ten characters of three classes; none of the best known ones. */
const SHORTEST = 10;
const LONGEST = 200;
const CLASSES = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/];
const KNOWN = /password|passw0rd|qwerty|123456|admin|dafuwu2|abc123|111111|woaini|5201314/i;

/** Refusals `session.password-short`, `-plain`, `-known`, `-like-login`. */
export function checkPassword(password: string, login: string): Refusal | undefined {
  if (password.length < SHORTEST || password.length > LONGEST)
    return refuse('session.password-short', { least: SHORTEST });
  if (CLASSES.filter((pattern) => pattern.test(password)).length < 3) return refuse('session.password-plain');
  if (KNOWN.test(password)) return refuse('session.password-known');
  if (password.toLowerCase().includes(login.toLowerCase())) return refuse('session.password-like-login');
  return undefined;
}
