"""Where Piccolo's migration commands find the engine and the list of applications."""

from piccolo.conf.apps import AppRegistry

from infra.database.engine import ENGINE

DB = ENGINE

# Order is the order of the layers: a later application's tables may refer to an earlier one's.
APP_REGISTRY = AppRegistry(
    apps=[
        "tenants.tenancy.piccolo_app",
        "tenants.audit.piccolo_app",
        "infra.queue.piccolo_app",
        "tenants.organisations.piccolo_app",
        "tenants.intervention.piccolo_app",
        "tenants.membership.piccolo_app",
        "tenants.resourcing.piccolo_app",
        "tenants.cooperation.piccolo_app",
        "tenants.connections.piccolo_app",
        "tenants.indicators.piccolo_app",
        "tenants.overview.piccolo_app",
    ]
)
