-- Run once by the postgres image, as superuser, in the new database.
-- The owner migrates. The running portal owns nothing: what is written once stays as it was written.
\getenv owner_password PORTAL_OWNER_PASSWORD
\getenv app_password PORTAL_APP_PASSWORD
CREATE ROLE portal_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE portal_app LOGIN PASSWORD :'app_password';
ALTER DATABASE portal OWNER TO portal_owner;
