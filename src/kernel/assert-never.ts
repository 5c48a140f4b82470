/** Makes the compiler prove that a `switch` over a union has a branch for each member. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`);
}
