// The signed tenant context, as tenants/tenancy/context.py writes it: bound to the back end that will check it.
import { createHmac } from "node:crypto";

const KEY = Buffer.from(process.env.PEER_CONTEXT_KEY, "hex");
const LIFETIME_SECONDS = 120;

// Who asks comes from headers: no session is looked up, no roles are read. In the peer's favour.
export function asked(headers) {
  const area = headers["x-area"] ?? "";
  const organisation = headers["x-organisation"] ?? "";
  return {
    login: headers["x-login"] ?? "app",
    recordedAs: headers["x-recorded-as"],
    who: [
      headers["x-person"] ?? "",
      organisation ? "" : area,
      organisation ? "" : area,
      organisation ? area : "",
      organisation,
      organisation ? `*:${organisation}` : "",
      headers["x-powers"] ?? "",
    ].join("|"),
  };
}

export function signed(who, backend) {
  const body = `v1|1|${Math.floor(Date.now() / 1000) + LIFETIME_SECONDS}|${backend}|${who}`;
  return `${body}|${createHmac("sha256", KEY).update(body).digest("hex")}`;
}
