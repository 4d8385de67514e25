// PostGraphile's own adaptor, with two things of ours: a pool for each login, and a context signed for the connection.
import pg from "pg";
import { makeWithPgClientViaPgClientAlreadyInTransaction } from "postgraphile/adaptors/pg";
import { signed } from "./context.mjs";

const POOL_SIZE = 10;
const pools = Object.fromEntries(
  ["app", "national"].map((login) => [
    login,
    new pg.Pool({ connectionString: process.env[`PEER_${login.toUpperCase()}_URL`], max: POOL_SIZE, min: POOL_SIZE }),
  ]),
);

async function recordRead({ who, recordedAs }) {
  const client = await pools.app.connect();
  try {
    const values = [signed(who, client.processID), recordedAs];
    await client.query({ name: "record", text: "select peer.record_read($1, $2)", values });
  } finally {
    client.release();
  }
}

export async function withPgClient(settings, callback) {
  if (settings?.recordedAs) await recordRead(settings);
  const login = settings?.login ?? "app";
  const client = await pools[login].connect();
  client.wrapped ??= makeWithPgClientViaPgClientAlreadyInTransaction(client, false);
  try {
    const context = settings?.who && login === "app" ? { "concordat.context": signed(settings.who, client.processID) } : null;
    return await client.wrapped(context, callback);
  } finally {
    client.release();
  }
}
withPgClient.release = () => {};

export const adaptor = { createWithPgClient: () => withPgClient };
export const pool = pools.app;
